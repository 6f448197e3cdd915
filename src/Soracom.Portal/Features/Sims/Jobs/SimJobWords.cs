using System.Globalization;
using Microsoft.Extensions.Localization;
using Soracom.Portal.Data.Jobs;
using Soracom.Portal.Features.Sims.Changes;
using Soracom.Portal.Features.Sims.Jobs.Files;
using Soracom.Portal.Resources;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Sims;
using Soracom.Portal.Shared.Text;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.Sims.Jobs;

/// <summary>Jobs in words.</summary>
/// <param name="words">The texts.</param>
/// <param name="zone">The tenant's time zone.</param>
/// <param name="groups">The account's groups; none where they are not known.</param>
public sealed class SimJobWords(IStringLocalizer<Strings> words, string zone, IReadOnlyList<GroupName> groups)
{
    /// <summary>What a job does.</summary>
    public string What(SimJob job) => job.Change is { } change
        ? Change(SimJobJson.ReadChange(change))
        : string.Join(words["Jobs.And"], job.Actions.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Action));

    /// <summary>What a change does.</summary>
    public string Change(SimChange change) => change switch
    {
        SimTagChange tag => $"{Action(change.Action)}: {Names.InText(tag.Key)} = {Names.InText(tag.Value)}",
        SimTagRemoval tag => words["Jobs.TagRemoval", Names.InText(tag.Key)],
        SimTermination => Action(change.Action),
        SimNameChange name => $"{Action(change.Action)}: {Names.InText(name.Name)}",
        SimGroupChange group => $"{Action(change.Action)}: {(group.GroupId is null ? words["Jobs.None"] : Names.InText(group.GroupName is { Length: > 0 } name ? name : group.GroupId))}",
        SimImeiLockChange { InUse: true } => $"{Action(change.Action)}: {words["Jobs.ImeiInUse"]}",
        SimStatusChange status => $"{Action(change.Action)}: {SimWords.Status(words, status.Status)}",
        SimSpeedChange speed => $"{Action(change.Action)}: {speed.SpeedClass}",
        SimProtectionChange protection => $"{Action(change.Action)}: {OnOff(protection.On)}",
        SimExpiryChange expiry => $"{Action(change.Action)}: {(expiry.At is { } at ? Expiry(at, expiry.ExpiryAction) : words["Jobs.None"])}",
        SimImeiLockChange imei => $"{Action(change.Action)}: {(imei.Imei is { } locked ? locked : words["Jobs.None"])}",
        _ => Action(change.Action),
    };

    /// <summary>What a job's one change means for each SIM: what it ends, what it costs; null where its name says all.</summary>
    public string? Meaning(SimJob job) => job.Change is { } change && Meaning(SimJobJson.ReadChange(change)) is { } meaning ? words["Jobs.Meaning", meaning].Value : null;

    /// <summary>What a change is about.</summary>
    public string About(SimChange change) => change switch
    {
        SimTagChange tag => words["Jobs.Tag", Names.InText(tag.Key)],
        SimTagRemoval tag => words["Jobs.Tag", Names.InText(tag.Key)],
        _ => Action(change.Action),
    };

    /// <summary>A value before or after a change.</summary>
    public string Value(SimChange change, string value) => value.Length == 0 ? words["Jobs.None"] : change switch
    {
        SimStatusChange or SimTermination => SimWords.Status(words, value),
        SimGroupChange => groups.FirstOrDefault(group => group.Id == value)?.Label ?? value,
        SimProtectionChange => OnOff(value == SimProtectionChange.IsOn),
        SimExpiryChange when value.Split(' ') is [var time, var action] && DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, out var at) => Expiry(at, action),
        _ => value,
    };

    /// <summary>Why an item is where it is; null where there is nothing to say.</summary>
    public string? Reason(SimJobItem item) => item switch
    {
        { Reason: null } => null,
        { State: SimJobItemState.Refused } => new Obstacle(item.Reason, SimJobJson.ReadTexts(item.Detail)).InWords(words),
        _ => Trouble(item.Reason),
    };

    /// <summary>What the vendor said of an item that failed; null where it said nothing.</summary>
    public static string? VendorDetail(SimJobItem item) =>
        item.State is SimJobItemState.Failed or SimJobItemState.Unknown && SimJobJson.ReadTexts(item.Detail).Where(text => text.Length > 0).ToList() is { Count: > 0 } told ? string.Join(" · ", told) : null;

    /// <summary>Why a job stopped or waits.</summary>
    public string Trouble(string trouble) => trouble switch
    {
        SimJobTrouble.RightLost => words["JobTrouble.RightLost"],
        SimJobTrouble.OtherAccount => words["JobTrouble.OtherAccount"],
        _ when Enum.TryParse<VendorErrorKind>(trouble, out var kind) => words[$"Vendor.{kind}.Title"],
        _ => trouble,
    };

    /// <summary>What is wrong with a line of a file.</summary>
    public string Problem(FileProblem problem) => problem.Wrong is { } wrong
        ? $"{problem.Arguments[0]}: {words[$"Error.{wrong.Key}.What", [.. wrong.Arguments]]}"
        : words[$"JobFile.{problem.Key}", [.. problem.Arguments]];

    /// <summary>A length of time, roughly.</summary>
    public string Length(TimeSpan time) => time switch
    {
        { TotalMinutes: < 1 } => words["Jobs.UnderAMinute"],
        { TotalMinutes: < 90 } => words["Jobs.Minutes", (int)Math.Ceiling(time.TotalMinutes)],
        _ => words["Jobs.Hours", Math.Round(time.TotalHours, 1).ToString(CultureInfo.CurrentCulture)],
    };

    /// <summary>The sort of badge and the sign of a job.</summary>
    public static (string Kind, string Icon) Badge(SimJob job) => job.State switch
    {
        SimJobState.Planned => ("info", "circle-dashed"),
        SimJobState.Running when job.NotBefore is not null => ("warn", "hourglass"),
        SimJobState.Running => ("info", "refresh-cw"),
        SimJobState.Paused => ("warn", "pause"),
        SimJobState.Done when job.Failed + job.Unknown > 0 => ("warn", "triangle-alert"),
        SimJobState.Done => ("good", "circle-check"),
        _ => ("", "ban"),
    };

    /// <summary>The sort of badge and the sign of an item.</summary>
    public static (string Kind, string Icon) Badge(SimJobItemState state) => state switch
    {
        SimJobItemState.Done => ("good", "circle-check"),
        SimJobItemState.Already => ("", "check"),
        SimJobItemState.Waiting => ("info", "circle-dashed"),
        SimJobItemState.Sending => ("info", "refresh-cw"),
        SimJobItemState.Refused => ("warn", "lock"),
        SimJobItemState.Failed => ("bad", "circle-alert"),
        SimJobItemState.Unknown => ("warn", "triangle-alert"),
        _ => ("", "ban"),
    };

    private string? Meaning(SimChange change) => change switch
    {
        SimStatusChange status => words[$"SimChange.Status.{status.Status}"].Value,
        SimTermination or SimExpiryChange { ExpiryAction: Soracom.Api.Sims.ExpiryAction.Terminate } => words["SimChange.Final.What"].Value,
        SimExpiryChange { At: not null } => words["Jobs.Expiry.What"].Value,
        SimSpeedChange => words["SimChange.Speed.Help"].Value,
        SimProtectionChange protection => words[protection.On ? "SimChange.ProtectOn" : "SimChange.ProtectOff"].Value,
        _ => null,
    };

    private string Action(string action) => words[$"JobAction.{action}"];

    private string OnOff(bool on) => on ? words["Jobs.On"] : words["Jobs.Off"];

    private string Expiry(DateTimeOffset at, string? action) => action is null ? Times.Full(at, zone) : $"{Times.Full(at, zone)} · {SimWords.ExpiryActionName(words, action)}";
}
