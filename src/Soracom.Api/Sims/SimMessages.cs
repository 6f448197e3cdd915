using Soracom.Api.Http;

namespace Soracom.Api.Sims;

/// <summary>A short message (wire: SmsForwardingRequest).</summary>
public sealed record SmsMessage
{
    /// <summary>The text: up to 160 characters of the GSM alphabet, or 70 of any.</summary>
    public required string Payload { get; init; }

    /// <summary>One of <see cref="SmsEncoding"/>; the vendor's default is UCS-2.</summary>
    public int? EncodingType { get; init; }
}

/// <summary>Values of <see cref="SmsMessage.EncodingType"/>.</summary>
public static class SmsEncoding
{
    /// <summary>GSM 7-bit, 160 characters.</summary>
    public const int Gsm = 1;

    /// <summary>UCS-2, 70 characters.</summary>
    public const int Ucs2 = 2;
}

/// <summary>That a short message was accepted (wire: SmsForwardingReport).</summary>
public sealed record SmsReport
{
    public string? MessageId { get; init; }
}

/// <summary>A ping (wire: DownlinkPingRequest).</summary>
public sealed record Ping
{
    /// <summary>1 to 5; the vendor's default is 1.</summary>
    public int? NumberOfPingRequests { get; init; }

    /// <summary>Seconds to wait for each answer, 1 to 3; the vendor's default is 1.</summary>
    public int? TimeoutSeconds { get; init; }
}

/// <summary>What became of a ping (wire: DownlinkPingResponse).</summary>
public sealed record PingResult
{
    public bool? Success { get; init; }

    /// <summary>Round trip times, as text of no documented layout.</summary>
    public string? Rtt { get; init; }

    /// <summary>Counts, as text of no documented layout.</summary>
    public string? Stat { get; init; }
}

/// <summary>Bytes for a device's UDP port (wire: SimDownlinkUdpRequest).</summary>
public sealed record UdpPayload
{
    /// <summary>1 to 65,535</summary>
    public required int Port { get; init; }

    /// <summary>Encoded as <see cref="PayloadEncoding"/> says; 1,472 bytes at most.</summary>
    public required string Payload { get; init; }

    /// <summary>One of <see cref="BinaryEncoding"/>; the vendor's default is text.</summary>
    [WireValues(typeof(BinaryEncoding))]
    public string? PayloadEncoding { get; init; }
}

/// <summary>Bytes for a device's TCP port (wire: SimDownlinkTcpRequest).</summary>
public sealed record TcpPayload
{
    /// <summary>1 to 65,535</summary>
    public required int Port { get; init; }

    /// <summary>Encoded as <see cref="PayloadEncoding"/> says; 5 MiB at most.</summary>
    public required string Payload { get; init; }

    /// <summary>One of <see cref="BinaryEncoding"/>; the vendor's default is text.</summary>
    [WireValues(typeof(BinaryEncoding))]
    public string? PayloadEncoding { get; init; }

    /// <summary>Seconds for all of it, 1 to 300; the vendor's default is 30.</summary>
    public int? Timeout { get; init; }

    /// <summary>What to wait for; the vendor's default is <see cref="TcpWait.ForAll"/>.</summary>
    public TcpWait? ConnectionOptions { get; init; }
}

/// <summary>What a device sent (wire: SimDownlinkTcpResponse).</summary>
public sealed record TcpAnswer
{
    /// <summary>Encoded as <see cref="DataEncoding"/> says.</summary>
    public string? Data { get; init; }

    /// <summary>One of <see cref="BinaryEncoding"/>.</summary>
    [WireValues(typeof(BinaryEncoding))]
    public string? DataEncoding { get; init; }
}

/// <summary>How bytes travel in JSON.</summary>
public static class BinaryEncoding
{
    /// <summary>As text in UTF-8.</summary>
    public const string Text = "string";

    public const string Base64 = "base64";

    /// <summary>Hexadecimal, in either case.</summary>
    public const string Hex = "hex";
}
