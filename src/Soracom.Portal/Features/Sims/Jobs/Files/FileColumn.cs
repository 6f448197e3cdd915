using Soracom.Portal.Features.Sims.Inventory;

namespace Soracom.Portal.Features.Sims.Jobs.Files;

/// <summary>What a column of a file holds.</summary>
internal enum FileField
{
    SimId,
    Imsi,
    Iccid,
    Coverage,
    Name,
    Tag,
    Tags,
    Group,
    ImeiLock,
    SpeedClass,
    TerminationProtection,
    Expiry,
    ExpiryAction,
    Status,
    Unread,
}

/// <summary>A column of a file.</summary>
/// <param name="Field">What it holds.</param>
/// <param name="Header">What it is called.</param>
/// <param name="TagKey">The tag's key, where it holds a tag.</param>
internal sealed record FileColumn(FileField Field, string Header, string TagKey = "")
{
    private const string TagPrefix = "tag:";

    /// <summary>The columns by their headers, in the order in which changes of one line are made.</summary>
    public static readonly IReadOnlyList<FileColumn> All =
    [
        new(FileField.SimId, "sim_id"),
        new(FileField.Imsi, "imsi"),
        new(FileField.Iccid, "iccid"),
        new(FileField.Name, "name"),
        new(FileField.Group, "group"),
        new(FileField.ImeiLock, "imei_lock"),
        new(FileField.SpeedClass, "speed_class"),
        new(FileField.TerminationProtection, "termination_protection"),
        new(FileField.Expiry, "expiry"),
        new(FileField.ExpiryAction, "expiry_action"),
        new(FileField.Status, "status"),
    ];

    /// <summary>The column of the SIM list that it comes from, where the list gave the file out: its cells ask for something where they are not as the list has them.</summary>
    public SimColumn? Listed { get; init; }

    /// <summary>Whether a change is asked for by it.</summary>
    public bool IsChange => !IsIdentity && Field is not (FileField.Coverage or FileField.Unread);

    /// <summary>Whether it names the SIM.</summary>
    public bool IsIdentity => Field is FileField.SimId or FileField.Imsi or FileField.Iccid;

    /// <summary>A column by its header; null when there is none of that name.</summary>
    public static FileColumn? Of(string header)
    {
        var name = header.Trim();
        return name.StartsWith(TagPrefix, StringComparison.OrdinalIgnoreCase)
            ? name.Length > TagPrefix.Length ? new FileColumn(FileField.Tag, $"{TagPrefix}{name[TagPrefix.Length..].Trim()}", name[TagPrefix.Length..].Trim()) : null
            : All.FirstOrDefault(column => string.Equals(column.Header, name, StringComparison.OrdinalIgnoreCase));
    }
}
