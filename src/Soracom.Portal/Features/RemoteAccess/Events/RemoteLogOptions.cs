namespace Soracom.Portal.Features.RemoteAccess.Events;

/// <summary>How the log of remote access is collected and kept. Configuration section <c>RemoteAccessLog</c>.</summary>
public sealed class RemoteLogOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "RemoteAccessLog";

    /// <summary>Whether this instance reads the vendor's log of itself while doors are open; one of several instances is enough.</summary>
    public bool Run { get; set; } = true;

    /// <summary>How long what happened is kept.</summary>
    public TimeSpan KeepFor { get; set; } = TimeSpan.FromDays(400);
}
