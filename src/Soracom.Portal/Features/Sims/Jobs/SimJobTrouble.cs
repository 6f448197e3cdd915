using Soracom.Portal.Data.Jobs;
using Soracom.Portal.Security;

namespace Soracom.Portal.Features.Sims.Jobs;

/// <summary>Why jobs stop by themselves, besides the kinds of failure of the vendor's calls.</summary>
internal static class SimJobTrouble
{
    /// <summary>The owner may no longer make the changes.</summary>
    public const string RightLost = "RightLost";

    /// <summary>The credential is now another account's.</summary>
    public const string OtherAccount = "OtherAccount";
}

/// <summary>The permissions that a job's changes need.</summary>
internal static class SimJobNeeds
{
    /// <summary>The permissions of a job.</summary>
    public static IReadOnlyList<Permission> Of(SimJob job) => [.. job.Needs.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Enum.Parse<Permission>)];

    /// <summary>Permissions as a job keeps them.</summary>
    public static string Text(IEnumerable<Permission> needs) => string.Join(' ', needs.Distinct().Order());
}
