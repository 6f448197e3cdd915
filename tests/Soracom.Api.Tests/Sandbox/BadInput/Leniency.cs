namespace Soracom.Api.Tests.Sandbox.BadInput;

/// <summary>What the sandbox takes although the definition doesn't mean it, and why.</summary>
internal static class Leniency
{
    private const string AnyJson = "The definition says text, and clients send it whatever JSON they have.";
    private const string NumberOrText = "Numbers travel as text here, and an official example sends a bare one.";
    private const string NamedByTheCaller = "The caller gives what is made its name.";
    private const string EmptyList = "A list of what nobody has sent is empty.";

    private static readonly (string Operation, string What, string Because)[] All =
    [
        .. new[] { " 7", " {}", " [\"x\"]", " true", "{\"a\":\"\\ud800\"}", "[\"\\udfff\"]" }.SelectMany(what => new[]
        {
            ("createSoraCamDeviceDataEntry", what, AnyJson), ("updateSoraCamDeviceDataEntry", what, AnyJson),
        }),
        ("createEventHandler", ".actionConfigList[0].properties.executionOffsetMinutes 7", NumberOrText),
        ("createEventHandler", ".ruleConfig.properties.inactiveTimeoutOffsetMinutes 7", NumberOrText),
        ("createEventHandler", ".ruleConfig.properties.limitTotalTrafficMegaByte 7", NumberOrText),
        ("updateEventHandler", ".actionConfigList[0].properties.executionOffsetMinutes 7", NumberOrText),
        ("updateEventHandler", ".ruleConfig.properties.inactiveTimeoutOffsetMinutes 7", NumberOrText),
        ("updateEventHandler", ".ruleConfig.properties.limitTotalTrafficMegaByte 7", NumberOrText),
        ("createUser", "user_name", NamedByTheCaller),
        ("createRole", "role_id", NamedByTheCaller),
        ("createCredential", "credentials_id", NamedByTheCaller),
        ("putFile", "path", NamedByTheCaller),
        ("getDataEntriesByCategory", "category", EmptyList),
        ("getDataEntries", "resource_id", EmptyList),
        ("deleteDataEntry", "resource_id", "The definition has no answer for what doesn't exist: it is gone either way."),
    ];

    /// <summary>Whether that is taken.</summary>
    /// <param name="operation">The operation's id.</param>
    /// <param name="what">The place of a body's value with the value, or the name of a parameter.</param>
    public static bool Covers(string operation, string what) =>
        All.Any(one => one.Operation == operation && one.What == what);
}
