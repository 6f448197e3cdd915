namespace Soracom.Sandbox.Roles;

/// <summary>
/// Roles that the service keeps for all operators, named by SRN. That there are such roles and versions of them is public; these
/// are the sandbox's own.
/// </summary>
internal static class ManagedRoles
{
    public const string Prefix = "srn:soracom:::Role:";

    public static IReadOnlyList<ManagedRole> All { get; } =
    [
        new("AdministratorAccess", "Everything that a root user may do.", new(2023, 4, 18, 3, 0, 0, TimeSpan.Zero),
            """{"statements":[{"effect":"allow","api":"*"}]}"""),
        new("BillingReadOnlyAccess", "Reads bills and payments.", new(2023, 4, 18, 3, 0, 0, TimeSpan.Zero),
            """{"statements":[{"effect":"allow","api":["Billing:get*","Billing:list*","Payment:get*","Payment:list*","Operator:generateAuthToken"]}]}""",
            """{"statements":[{"effect":"allow","api":["Billing:get*","Billing:list*","Billing:export*","Payment:get*","Payment:list*","Operator:generateAuthToken"]}]}"""),
        new("ReadOnlyAccess", "Reads everything and changes nothing.", new(2023, 4, 18, 3, 0, 0, TimeSpan.Zero),
            """{"statements":[{"effect":"allow","api":["*:get*","*:list*","Operator:generateAuthToken"]}]}""",
            """{"statements":[{"effect":"allow","api":["*:get*","*:list*","*:search*","Operator:generateAuthToken"]}]}"""),
        new("SimOperatorAccess", "Reads and manages SIMs and groups, but ends none for good.", new(2024, 2, 6, 3, 0, 0, TimeSpan.Zero),
            """{"statements":[{"effect":"allow","api":["Sim:*","Group:*","Query:*","Stats:get*","Operator:generateAuthToken"]},{"effect":"deny","api":["Sim:terminateSim","Group:deleteGroup"]}]}"""),
    ];

    public static ManagedRole? Find(string id) => All.FirstOrDefault(role => role.Id == id);
}

/// <param name="Name">The last part of the SRN.</param>
/// <param name="Description">What it is for.</param>
/// <param name="Published">When the first version was published; each other one half a year after the one before.</param>
/// <param name="Versions">The permission documents, the present one last.</param>
internal sealed record ManagedRole(string Name, string Description, DateTimeOffset Published, params string[] Versions)
{
    public string Id => ManagedRoles.Prefix + Name;

    public string Permission => Versions[^1];

    public DateTimeOffset Updated => PublishedAs(Versions.Length);

    /// <summary>When a version was published; the first one is 1.</summary>
    public DateTimeOffset PublishedAs(int version) => Published.AddMonths((version - 1) * 6);
}
