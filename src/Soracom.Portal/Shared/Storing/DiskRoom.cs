namespace Soracom.Portal.Shared.Storing;

/// <summary>What is free where a folder is: on its own disk, or on the share that is mounted there.</summary>
internal static class DiskRoom
{
    /// <summary>The bytes that are free.</summary>
    /// <param name="folder">A folder that is there.</param>
    /// <exception cref="IOException">It can't be told: the folder is away, or at an address of the network rather than mounted.</exception>
    public static long Of(string folder)
    {
        var path = Path.GetFullPath(folder);
        if (!IsMounted(path, OperatingSystem.IsWindows()))
        {
            throw new IOException($"What is free at {path} can't be told: mount the share, and name the folder by the path that it is mounted at.");
        }

        // On Linux that is of whatever is mounted at the path or above it; on Windows, of the drive.
        return new DriveInfo(path).AvailableFreeSpace;
    }

    /// <summary>Whether a folder is named by a path, of which can be told what is free there, rather than by an address of the network.</summary>
    /// <param name="folder">The folder; null where nobody said, which is one beside the portal.</param>
    /// <param name="isWindows">Whether paths are those of Windows, where a share has an address of its own.</param>
    public static bool IsMounted(string? folder, bool isWindows) =>
        folder is null || !(folder.StartsWith("smb:", StringComparison.OrdinalIgnoreCase) || folder.StartsWith("http", StringComparison.OrdinalIgnoreCase) || folder.StartsWith(@"\\", StringComparison.Ordinal) || (isWindows && folder.StartsWith("//", StringComparison.Ordinal)));
}
