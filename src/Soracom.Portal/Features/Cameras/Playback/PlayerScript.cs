namespace Soracom.Portal.Features.Cameras.Playback;

/// <summary>The script that plays footage in the browser. It is fetched when the portal is built where Node is there, and may be missing.</summary>
public sealed class PlayerScript
{
    /// <summary>Where it is, below the portal's root.</summary>
    public const string Path = "player/shaka-player.js";

    /// <summary>Creates it.</summary>
    /// <param name="isThere">Whether this build holds it.</param>
    public PlayerScript(bool isThere) => IsThere = isThere;

    /// <summary>Whether this build holds it.</summary>
    public bool IsThere { get; }

    /// <summary>What a host's files say of it.</summary>
    /// <param name="host">The host.</param>
    /// <returns>The script.</returns>
    internal static PlayerScript Of(IWebHostEnvironment host) => new(host.WebRootFileProvider.GetFileInfo(Path).Exists);
}
