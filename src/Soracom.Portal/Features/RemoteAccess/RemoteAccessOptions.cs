namespace Soracom.Portal.Features.RemoteAccess;

/// <summary>How doors to devices are looked after. Configuration section <c>RemoteAccess</c>.</summary>
public sealed class RemoteAccessOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "RemoteAccess";

    /// <summary>Whether this instance looks after doors; one of several instances is enough.</summary>
    public bool Run { get; set; } = true;
}
