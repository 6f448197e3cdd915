using Soracom.Api.Http;

namespace Soracom.Api.Sims;

/// <summary>An HTTP call of a device (wire: SimDownlinkHttpRequest). What goes into it may be secret, so that its text form is bare.</summary>
public sealed record DeviceHttpCall
{
    /// <summary>One of <see cref="DeviceHttpMethod"/>.</summary>
    [WireValues(typeof(DeviceHttpMethod))]
    public required string Method { get; init; }

    /// <summary>Path and query, beginning with a slash.</summary>
    public required string Path { get; init; }

    /// <summary>1 to 65,535; the vendor's default is 80.</summary>
    public int? Port { get; init; }

    /// <summary>Whether to speak TLS; not by default.</summary>
    public bool? Ssl { get; init; }

    /// <summary>Whether to accept any certificate; not by default.</summary>
    public bool? SkipVerify { get; init; }

    /// <summary>The host's name; null for the device's address.</summary>
    public string? Host { get; init; }

    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    public string? Body { get; init; }

    public override string ToString() => $"{nameof(DeviceHttpCall)} {Method}";
}

/// <summary>Values of <see cref="DeviceHttpCall.Method"/>.</summary>
public static class DeviceHttpMethod
{
    public const string Get = "GET";
    public const string Head = "HEAD";
    public const string Post = "POST";
    public const string Put = "PUT";
    public const string Delete = "DELETE";
    public const string Patch = "PATCH";
    public const string Options = "OPTIONS";
    public const string Trace = "TRACE";
}

/// <summary>A device's answer to an HTTP call (wire: SimDownlinkHttpResponse).</summary>
public sealed record DeviceHttpAnswer
{
    /// <summary>The device's own status.</summary>
    public int? StatusCode { get; init; }

    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    /// <summary>Text, or base 64 where <see cref="IsBase64Encoded"/> is true.</summary>
    public string? Body { get; init; }

    public bool? IsBase64Encoded { get; init; }
}

/// <summary>A command for a device's shell (wire: SimDownlinkSshRequest).</summary>
public sealed record DeviceCommand : IHoldsSecrets
{
    public required string Username { get; init; }

    public required SshLogin Authentication { get; init; }

    /// <summary>8,192 bytes at most.</summary>
    public required string Command { get; init; }

    /// <summary>1 to 65,535; the vendor's default is 22.</summary>
    public int? Port { get; init; }

    IEnumerable<string?> IHoldsSecrets.Secrets => Authentication.Secrets;

    public override string ToString() => nameof(DeviceCommand);
}

/// <summary>What a command has printed (wire: SimDownlinkSshResponse).</summary>
public sealed record DeviceCommandResult
{
    /// <summary>The command's own exit code.</summary>
    public int? Exitcode { get; init; }

    /// <summary>Text, or base 64 where <see cref="IsStdoutBase64Encoded"/> is true.</summary>
    public string? Stdout { get; init; }

    public bool? IsStdoutBase64Encoded { get; init; }

    /// <summary>Text, or base 64 where <see cref="IsStderrBase64Encoded"/> is true.</summary>
    public string? Stderr { get; init; }

    public bool? IsStderrBase64Encoded { get; init; }
}

/// <summary>Something to be done with a device's RTSP camera (wire: SimDownlinkRtspRequest).</summary>
public sealed record RtspCommand : IHoldsSecrets
{
    /// <summary>The only one that there is: <c>snapshot</c>.</summary>
    public required string Command { get; init; }

    /// <summary>1 to 65,535; the vendor's default is 554.</summary>
    public int? Port { get; init; }

    /// <summary>The stream's path, beginning with a slash.</summary>
    public string? Path { get; init; }

    /// <summary>Null for none.</summary>
    public RtspLogin? Authentication { get; init; }

    public SnapshotOptions? Options { get; init; }

    IEnumerable<string?> IHoldsSecrets.Secrets => Authentication?.Secrets ?? [];

    public override string ToString() => nameof(RtspCommand);
}

/// <summary>Options of a snapshot (wire: SimDownlinkRtspCommandSnapshotOptions).</summary>
public sealed record SnapshotOptions
{
    public SnapshotDestinations? Destinations { get; init; }
}

/// <summary>Where a snapshot is kept.</summary>
public sealed record SnapshotDestinations
{
    public HarvestFilesDestination? HarvestFiles { get; init; }
}

/// <summary>A file of Harvest Files (wire: SimDownlinkRtspCommandSnapshotHarvestFilesDestinationOptions).</summary>
public sealed record HarvestFilesDestination
{
    /// <summary>Its path; <c>{sim_id}</c> and <c>{time}</c> are replaced, the latter by Unix milliseconds.</summary>
    public required string FilePath { get; init; }
}
