using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Billing;
using Soracom.Portal.Data.Credentials;
using Soracom.Portal.Data.Exports;
using Soracom.Portal.Data.Groups;
using Soracom.Portal.Data.Jobs;
using Soracom.Portal.Data.Mail;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Data.RemoteAccess;
using Soracom.Portal.Development;
using Soracom.Portal.Features.Billing.Board;
using Soracom.Portal.Features.Billing.Collecting;
using Soracom.Portal.Features.Billing.Files;
using Soracom.Portal.Features.Billing.Reading;
using Soracom.Portal.Features.Cameras;
using Soracom.Portal.Features.Cameras.Changes;
using Soracom.Portal.Features.Cameras.List;
using Soracom.Portal.Features.Cameras.Page;
using Soracom.Portal.Features.Cameras.Recordings;
using Soracom.Portal.Features.Exports.Running;
using Soracom.Portal.Features.Groups;
using Soracom.Portal.Features.Groups.Editing;
using Soracom.Portal.Features.Groups.List;
using Soracom.Portal.Features.Overview;
using Soracom.Portal.Features.RemoteAccess.Doors;
using Soracom.Portal.Features.RemoteAccess.Events;
using Soracom.Portal.Features.RemoteAccess.Policies;
using Soracom.Portal.Features.RemoteAccess.Sources;
using Soracom.Portal.Features.Sims;
using Soracom.Portal.Features.Sims.Actions;
using Soracom.Portal.Features.Sims.Capturing;
using Soracom.Portal.Features.Sims.Changes;
using Soracom.Portal.Features.Sims.HarvestData;
using Soracom.Portal.Features.Sims.Jobs;
using Soracom.Portal.Features.Sims.Offline;
using Soracom.Portal.Features.Sims.Timeline;
using Soracom.Portal.Security;
using Soracom.Portal.Security.OpenId;
using Soracom.Portal.Shared.Bell;
using Soracom.Portal.Shared.Palette;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Tests.Resources;

/// <summary>The texts in both languages, held against each other and against the source that asks for them.</summary>
public sealed partial class StringsTests
{
    private static readonly string[] Parts = ["Title", "What", "Next"];

    private static readonly Dictionary<string, string> English = Texts("Strings.resx");

    private static readonly Dictionary<string, string> Japanese = Texts("Strings.ja.resx");

    private static readonly string Source = string.Join('\n', Repository.Files("src/Soracom.Portal", ".cs", ".razor").Select(File.ReadAllText));

    /// <summary>What stands in the gaps of keys that the source composes; null where the vendor may send anything and an unknown word is shown as it is.</summary>
    private static readonly Dictionary<string, string[]?> Composed = new(StringComparer.Ordinal)
    {
        ["Action.{}"] = [.. typeof(AuditActions).GetFields().Where(action => action.IsLiteral).Select(action => (string)action.GetRawConstantValue()!)],
        ["Bell.{}"] = Enum.GetNames<BellKind>(),
        ["Bell.{}.Bad"] = [nameof(BellKind.JobDone), nameof(BellKind.ExportDone)],
        // The vendor's own names: not public, and more come.
        ["BillFileState.{}"] = [nameof(BillFileState.Asked), nameof(BillFileState.Making), nameof(BillFileState.Stored)],
        ["BillFileTrouble.{}"] = [.. Enum.GetNames<VendorErrorKind>(), .. typeof(BillFileTrouble).GetFields().Where(trouble => trouble.IsLiteral).Select(trouble => (string)trouble.GetRawConstantValue()!)],
        ["BillItem.{}"] = null,
        ["BillRow.{}"] = [.. Enum.GetNames<BillRowKind>().Except(["Service", "Item", "Sim", "Group", "Tag", "Discount"], StringComparer.Ordinal)],
        ["BillingDenied.{}"] = [BillingOperations.Items, BillingOperations.Sims, BillingOperations.Days],
        ["BillSplit.{}"] = Enum.GetNames<BillSplit>(),
        ["BillStage.{}"] = Enum.GetNames<Soracom.Portal.Data.Billing.BillStage>(),
        ["PaymentStatus.{}"] = null,
        ["PaidBy.{}"] = null,
        ["PortfolioColumn.{}"] = Enum.GetNames<PortfolioColumn>(),
        ["Audit.Behalf.{}"] = ["other", "own"],
        ["AuditFault.{}"] = Enum.GetNames<AuditFaultKind>(),
        ["AuditFault.{}.Unchained"] = [nameof(AuditFaultKind.Inserted), nameof(AuditFaultKind.Missing)],
        ["DiscountPayment.{}"] = null,
        ["DiscountStatus.{}"] = null,
        ["PortfolioBillGap.{}"] = [.. Enum.GetNames<PortfolioGapKind>().Except([nameof(PortfolioGapKind.Failing)], StringComparer.Ordinal)],
        ["PortfolioBillOrder.{}"] = Enum.GetNames<PortfolioBillOrder>(),
        ["CameraColumn.{}"] = Enum.GetNames<CameraColumn>(),
        ["CameraRestart.Local.{}"] = ["SameDay", "NextDay", "DayBefore"],
        ["CameraSetting.{}"] = Enum.GetNames<CameraSetting>(),
        ["CameraSetting.{}.Help"] = Enum.GetNames<CameraSetting>(),
        ["CameraSettings.{}"] = ["Noticing", "Picture"],
        ["CameraTab.{}"] = Enum.GetNames<CameraTab>(),
        ["PaletteKind.{}"] = Enum.GetNames<PaletteKind>(),
        ["PastKind.{}"] = Enum.GetNames<PastKind>(),
        ["TimelineZoom.{}"] = Enum.GetNames<TimelineZoom>(),
        ["TypedFault.{}"] = Enum.GetNames<TypedFault>(),
        ["CameraValue.{}"] =
        [
            .. from setting in Enum.GetValues<CameraSetting>()
               where !CameraSettingValues.IsSwitch(setting)
               from value in CameraSettingValues.Of(setting)
               select $"{setting}.{value}",
        ],
        ["CameraLicenceKind.{}"] = Enum.GetNames<CameraLicenceKind>(),
        ["BinaryFault.{}"] = Enum.GetNames<BinaryFault>(),
        ["CaptureStage.{}"] = Enum.GetNames<CaptureStage>(),
        ["Certainty.{}"] = Enum.GetNames<Certainty>(),
        ["Command.Text.{}"] = Enum.GetNames<RemoteProtocol>(),
        ["Coverage.{}"] = ["jp", "g"],
        ["CredentialKind.{}"] = Enum.GetNames<CredentialKind>(),
        ["CredentialKind.{}.Help"] = Enum.GetNames<CredentialKind>(),
        ["CredentialKind.{}.Name"] = Enum.GetNames<CredentialKind>(),
        ["CredentialKind.{}.Secret"] = Enum.GetNames<CredentialKind>(),
        ["CredentialResult.{}"] = Enum.GetNames<CredentialResult>(),
        ["Demo.{}"] = [.. DemoAccounts.All.Select(account => account.Key)],
        ["Error.{}.Title"] = ErrorKeys(),
        ["Error.{}.What"] = ErrorKeys(),
        ["Error.{}.Next"] = ErrorKeys(),
        ["DoorEnd.{}"] = Enum.GetNames<RemoteDoorEnd>(),
        ["DoorEnd.{}.By"] = [nameof(RemoteDoorEnd.Person), nameof(RemoteDoorEnd.AllAtOnce)],
        ["DoorState.{}"] = Enum.GetNames<RemoteDoorState>(),
        ["DoorTrouble.{}"] = [.. Enum.GetNames<VendorErrorKind>(), .. typeof(DoorTrouble).GetFields().Where(trouble => trouble.IsLiteral).Select(trouble => (string)trouble.GetRawConstantValue()!)],
        ["OwnAddress.{}"] = Enum.GetNames<OwnAddressKind>(),
        ["PolicyRule.{}"] = Enum.GetNames<PolicyRule>(),
        ["RangeFault.{}"] = Enum.GetNames<RangeFault>(),
        ["SourceRule.{}"] = Enum.GetNames<RemoteSourceRule>(),
        ["EntryKind.{}"] = [.. EntryKinds],
        ["EntryKind.{}.Help"] = [.. EntryKinds],
        ["ExpiryAction.{}"] = null,
        ["ExportState.{}"] = Enum.GetNames<FootageExportState>(),
        ["ExportTrouble.{}"] = [.. Enum.GetNames<VendorErrorKind>(), .. typeof(ExportTrouble).GetFields().Where(trouble => trouble.IsLiteral).Select(trouble => (string)trouble.GetRawConstantValue()!)],
        ["FootageDifference.{}"] = Enum.GetNames<Soracom.Portal.Features.Exports.FootageDifference>(),
        ["PieceState.{}"] = Enum.GetNames<FootagePieceState>(),
        ["GroupRevision.{}"] = Enum.GetNames<GroupRevisionOrigin>(),
        ["GroupTab.{}"] = Enum.GetNames<GroupTab>(),
        ["FieldFault.{}"] = Enum.GetNames<FieldFault>(),
        ["JsonFault.{}"] = Enum.GetNames<JsonFault>(),
        ["JobAction.{}"] = ["sim.name", "sim.tag", "sim.group", "sim.status", "sim.terminate", "sim.protection", "sim.speed-class", "sim.expiry", "sim.imei-lock"],
        // Those that the source names where it finds a problem.
        ["JobFile.{}"] = [.. FileProblemKey().Matches(Source).Select(match => match.Groups["key"].Value).Where(key => key != "Wrong").Distinct(StringComparer.Ordinal)],
        ["JobItem.{}"] = Enum.GetNames<SimJobItemState>(),
        ["JobState.{}"] = Enum.GetNames<SimJobState>(),
        ["GroupColumn.{}"] = Enum.GetNames<GroupColumn>(),
        ["GroupsUnknown.{}"] = Enum.GetNames<Soracom.Portal.Data.Members.GroupsUnknown>(),
        ["HarvestKind.{}"] = Enum.GetNames<HarvestKind>(),
        ["MailFailure.{}"] = Enum.GetNames<MailFailure>(),
        ["ModuleType.{}"] = null,
        ["OfflineCause.{}.Next"] = Enum.GetNames<OfflineCause>(),
        ["OfflineCause.{}.Title"] = Enum.GetNames<OfflineCause>(),
        ["OfflineCause.{}.What"] = Enum.GetNames<OfflineCause>(),
        ["OfflineEvidence.{}"] = Enum.GetNames<EvidenceKind>(),
        ["OfflineFact.{}"] = Enum.GetNames<OfflineFact>(),
        ["Obstacle.{}"] = ObstacleKeys(),
        ["Outcome.{}"] = Enum.GetNames<AuditOutcome>(),
        ["Permission.{}"] = Enum.GetNames<Permission>(),
        ["RemoteEvent.{}"] = [.. RemoteLogQuery.KnownTypes],
        ["RemoteOrigin.{}"] = Enum.GetNames<RemoteEventOrigin>(),
        ["Role.{}"] = Enum.GetNames<TenantRole>(),
        ["Setting.{}"] = [.. SettingCatalogue.Fields.Select(field => field.Name)],
        ["Setting.{}.Help"] = [.. SettingCatalogue.Fields.Select(field => field.Name)],
        ["SettingSection.{}"] = [.. SettingCatalogue.Spaces.SelectMany(space => space.Sections).Select(section => section.Name).Distinct(StringComparer.Ordinal)],
        ["SettingSpace.{}"] = [.. SettingCatalogue.Spaces.Select(space => space.Name)],
        ["SignInFailed.{}"] = Enum.GetNames<SignInFailure>(),
        ["SimChangeKind.{}"] = Enum.GetNames<SimChangeKind>(),
        ["SimAct.{}"] = [.. Enum.GetNames<SimAct>().Where(act => act != nameof(SimAct.Protection))],
        ["SimActs.{}"] = [.. SimActs.Groups.Select(group => group.Group)],
        ["SimChange.Status.{}"] = [.. SimStatusChange.Statuses],
        ["SimDevice.{}"] = [.. Enum.GetNames<SimAct>().Where(act => !SimActs.IsChange(Enum.Parse<SimAct>(act)) && !SimActs.IsOrder(Enum.Parse<SimAct>(act)))],
        ["SimSubscription.{}"] = [.. Enum.GetNames<SimAct>().Where(act => SimActs.IsOrder(Enum.Parse<SimAct>(act)))],
        ["SimStatus.{}"] = null,
        ["SimTab.{}"] = Enum.GetNames<SimTab>(),
        ["SimType.{}"] = null,
        ["TimelineKind.{}"] = Enum.GetNames<TimelineKind>(),
        ["Time.Days{}"] = ["Ago", "In"],
        ["Time.Hours{}"] = ["Ago", "In"],
        ["Time.Minutes{}"] = ["Ago", "In"],
        // ErrorWords adds the part that it needs.
        ["Vendor.{}.Title"] = Enum.GetNames<VendorErrorKind>(),
        ["Vendor.{}"] = [.. from kind in Enum.GetNames<VendorErrorKind>() from part in Parts select $"{kind}.{part}"],
    };

    private static IEnumerable<string> EntryKinds => SettingCatalogue.Spaces.SelectMany(space => space.Entries).Select(kind => kind.Name);

    [Fact]
    public void Japanese_HasTheKeysOfEnglish() => Assert.Equal(English.Keys.Order(StringComparer.Ordinal), Japanese.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void Japanese_HasThePlaceholdersOfEnglish() =>
        Assert.All(English, text => Assert.Equal(PlaceholdersOf(text.Value), PlaceholdersOf(Japanese[text.Key])));

    [Fact]
    public void Texts_AreNotEmptyAndCanBeFormatted() =>
        Assert.All(English.Concat(Japanese), text =>
        {
            var formatted = string.Format(CultureInfo.InvariantCulture, text.Value, [.. PlaceholdersOf(text.Value).Select(_ => "x")]);
            Assert.False(string.IsNullOrWhiteSpace(formatted), $"{text.Key} is empty.");
        });

    [Fact]
    public void ComposedKeys_EachHasItsValuesInTheTable() =>
        Assert.Equal(Composed.Keys.Order(StringComparer.Ordinal), Composition().Matches(Source).Select(match => Gap().Replace(match.Groups["key"].Value, "{}")).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void Keys_ThatTheSourceNames_AreThere()
    {
        var named = Lookup().Matches(Source).Select(match => match.Groups["key"].Value)
            .Concat(from composed in Composed from value in composed.Value ?? [] select composed.Key.Replace("{}", value, StringComparison.Ordinal));

        Assert.Empty(named.Except(English.Keys, StringComparer.Ordinal));
    }

    [Fact]
    public void Keys_EachIsAskedForSomewhere()
    {
        var composed = Composed.Where(row => row.Value is not null).SelectMany(row => row.Value!.Select(value => row.Key.Replace("{}", value, StringComparison.Ordinal))).ToHashSet(StringComparer.Ordinal);
        var open = Composed.Where(row => row.Value is null).Select(row => row.Key.Replace("{}", string.Empty, StringComparison.Ordinal)).ToList();

        var unused = English.Keys.Where(key => !Source.Contains($"\"{key}\"", StringComparison.Ordinal)
            && !composed.Contains(key)
            && !open.Exists(prefix => key.StartsWith(prefix, StringComparison.Ordinal)));

        Assert.Equal([], unused);
    }

    private static Dictionary<string, string> Texts(string file) =>
        XDocument.Load(Repository.PathOf("src/Soracom.Portal/Resources/" + file)).Root!.Elements("data")
            .ToDictionary(text => (string)text.Attribute("name")!, text => (string)text.Element("value")!, StringComparer.Ordinal);

    private static IReadOnlyList<string> PlaceholdersOf(string text) =>
        [.. Placeholder().Matches(text).Select(match => match.Groups["number"].Value).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>The keys of the errors that features and services answer; a vendor's error has words of its own.</summary>
    private static string[] ErrorKeys() => [.. ErrorKey().Matches(Source).Select(match => match.Groups["key"].Value).Where(key => key is not ("Vendor" or "Obstacle")).Distinct(StringComparer.Ordinal)];

    private static string[] ObstacleKeys() => [.. ObstacleKey().Matches(Source).Select(match => match.Groups["key"].Value).Distinct(StringComparer.Ordinal)];

    [GeneratedRegex("""new Obstacle\("(?<key>\w+)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ObstacleKey();

    [GeneratedRegex("""\{(?<number>\d+)[^}]*\}""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Placeholder();

    /// <summary>A key that stands in the source as it is: <c>L["Key"]</c>.</summary>
    [GeneratedRegex("""\b(L|[Ww]ords)\["(?<key>[^"]+)"(\]|,)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Lookup();

    /// <summary>A key with a gap: <c>$"Prefix.{value}"</c>.</summary>
    [GeneratedRegex("""\$"(?<key>[A-Z]\w*\.[\w.]*\{[^"{}\s]+\}[\w.]*)["]""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Composition();

    [GeneratedRegex("""\{[^}]*\}""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Gap();

    [GeneratedRegex("""\b(PortalError|InputError|base)\("(?<key>\w+)"[,)]""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ErrorKey();

    /// <summary>Something wrong in a file: <c>new FileProblem(line, "Key")</c> and <c>Bad("Key", text)</c>.</summary>
    [GeneratedRegex("""\b(FileProblem\([\w.]+, |Bad\()"(?<key>\w+)"[,)]""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FileProblemKey();
}
