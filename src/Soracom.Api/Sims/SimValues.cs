namespace Soracom.Api.Sims;

// Values of wire members are strings, not enums: the vendor adds values, and an unknown one must not break a whole list.

/// <summary>Values of <see cref="Sim.Status"/> and of searchSims' <c>status</c>.</summary>
public static class SimStatus
{
    public const string Ready = "ready";
    public const string Active = "active";
    public const string Inactive = "inactive";
    public const string Standby = "standby";
    public const string Suspended = "suspended";

    /// <summary>Final.</summary>
    public const string Terminated = "terminated";

    /// <summary>In the free test period.</summary>
    public const string Testing = "testing";

    /// <summary>Not yet registered; also an additional subscription on its way.</summary>
    public const string Shipped = "shipped";
}

/// <summary>Values of <see cref="Sim.Type"/>.</summary>
public static class SimType
{
    /// <summary>A card.</summary>
    public const string Uicc = "uicc";

    /// <summary>An eSIM chip.</summary>
    public const string Euicc = "euicc";

    /// <summary>A virtual SIM (Arc).</summary>
    public const string Virtual = "virtual";
}

/// <summary>Values of <see cref="Sim.ModuleType"/> and of searchSims' <c>module_type</c>: the form of a SIM.</summary>
public static class ModuleType
{
    /// <summary>2FF</summary>
    public const string Mini = "mini";

    /// <summary>3FF</summary>
    public const string Micro = "micro";

    /// <summary>4FF</summary>
    public const string Nano = "nano";

    /// <summary>A card that can be cut to 2FF, 3FF or 4FF.</summary>
    public const string Trio = "trio";

    /// <summary>MFF2</summary>
    public const string Embedded = "embedded";

    /// <summary>iSIM</summary>
    public const string Integrated = "integrated";

    public const string Virtual = "virtual";

    /// <summary>An eSIM profile.</summary>
    public const string ProfilePackage = "profilePackage";
}

/// <summary>Values of <see cref="Sim.ExpiryAction"/>.</summary>
public static class ExpiryAction
{
    public const string DoNothing = "doNothing";
    public const string DeleteSession = "deleteSession";
    public const string Deactivate = "deactivate";
    public const string Suspend = "suspend";
    public const string Terminate = "terminate";
}

/// <summary>Values of searchSims' <c>session_status</c>.</summary>
public static class SessionStatusFilter
{
    public const string Any = "NA";
    public const string Online = "ONLINE";
    public const string Offline = "OFFLINE";
}

/// <summary>Values of searchSims' <c>search_type</c>.</summary>
public static class SearchType
{
    public const string And = "and";
    public const string Or = "or";
}

/// <summary>Values of <see cref="Sim.SpeedClass"/>: from the slowest to the fastest, and those that only single plans have.</summary>
public static class SpeedClass
{
    /// <summary>32 kbps</summary>
    public const string Minimum = "s1.minimum";

    /// <summary>128 kbps</summary>
    public const string Slow = "s1.slow";

    /// <summary>512 kbps</summary>
    public const string Standard = "s1.standard";

    /// <summary>2 Mbps</summary>
    public const string Fast = "s1.fast";

    /// <summary>8 Mbps</summary>
    public const string FourTimesFast = "s1.4xfast";

    /// <summary>plan-US only.</summary>
    public const string EightTimesFast = "s1.8xfast";

    /// <summary>plan-DU only.</summary>
    public const string UploadStandard = "u1.standard";

    /// <summary>plan-DU only.</summary>
    public const string UploadSlow = "u1.slow";

    /// <summary>plan-KM1; can't be chosen.</summary>
    public const string Telemetry = "t1.standard";

    /// <summary>Virtual SIMs; can't be chosen.</summary>
    public const string Arc = "arc.standard";
}
