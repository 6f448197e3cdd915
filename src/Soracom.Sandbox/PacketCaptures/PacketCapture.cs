namespace Soracom.Sandbox.PacketCaptures;

/// <summary>A recording of a SIM's traffic. How far it is follows from the time alone. Times are Unix milliseconds.</summary>
/// <param name="SessionId">Digits in the order in which captures were asked for.</param>
/// <param name="SimId">Whose traffic.</param>
/// <param name="Created">When it was asked for.</param>
/// <param name="Seconds">How long it is to be.</param>
/// <param name="Prefix">The beginning of the file's name.</param>
/// <param name="Stopped">When somebody stopped it.</param>
internal sealed record PacketCapture(string SessionId, string SimId, long Created, int Seconds, string? Prefix, long? Stopped)
{
    public const string Requested = "REQUESTED";
    public const string Accepted = "ACCEPTED";
    public const string Capturing = "CAPTURING";
    public const string StoppedEarly = "STOPPED";
    public const string PostProcessing = "POST_PROCESSING";
    public const string Done = "DONE";

    private const long UntilAccepted = 2_000;
    private const long UntilCapturing = 5_000;
    private const long UntilProcessed = 3_000;
    private const long UntilDone = 15_000;

    public long Started => Created + UntilCapturing;

    /// <summary>The end of what is recorded.</summary>
    public long Ended => Stopped ?? Started + (Seconds * 1_000L);

    public string StatusAt(long time) => true switch
    {
        _ when time < Created + UntilAccepted => Requested,
        _ when time < Started => Accepted,
        _ when time < Ended => Capturing,
        _ when Stopped is not null && time < Ended + UntilProcessed => StoppedEarly,
        _ when time < Ended + UntilDone => PostProcessing,
        _ => Done,
    };
}
