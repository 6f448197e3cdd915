using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Localization;
using Soracom.Api;
using Soracom.Portal.Resources;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Tests.Shared;

public sealed partial class ErrorWordsTests(SharedScene shared)
{
    private static readonly PortalError[] Errors =
    [
        new Soracom.Portal.Features.Billing.BillFileAwayError(),
        new Soracom.Portal.Features.Billing.BillFileLostError(),
        new Soracom.Portal.Features.Billing.BillNotClosedError(),
        new Soracom.Portal.Features.Cameras.CameraAsleepError(),
        new Soracom.Portal.Shared.Cameras.CameraNoLicenceError(),
        new Soracom.Portal.Features.Cameras.CameraNotConnectedError(),
        new Soracom.Portal.Features.Cameras.CameraNothingRecordedError(),
        new Soracom.Portal.Features.Cameras.CameraQuotaUsedError(),
        new Soracom.Portal.Features.Cameras.CameraQuotaSetAsideError(3),
        new Soracom.Portal.Features.Cameras.CameraStillFailedError(),
        new Soracom.Portal.Features.Cameras.CameraStillLostError(),
        new Soracom.Portal.Features.Cameras.PlaybackBrokenError(),
        new Soracom.Portal.Features.Cameras.PlaybackCutError(),
        new Soracom.Portal.Features.Cameras.PlaybackExpiredError(),
        new Soracom.Portal.Features.Cameras.PlayerUnusableError(),
        new Soracom.Portal.Features.Credentials.OtherOperatorError("OP0000000001", "OP0000000002"),
        new Soracom.Portal.Features.Credentials.UnreadableSecretError(),
        new Soracom.Portal.Features.Exports.NothingRecordedError(),
        new Soracom.Portal.Features.Exports.QuotaError(288, 36),
        new Soracom.Portal.Features.Exports.ExportTooManyRecordingsError("2026-11-20 18:05:12", DateTimeOffset.UnixEpoch),
        new Soracom.Portal.Features.Exports.ExportTooLongError(92, DateTimeOffset.UnixEpoch),
        new Soracom.Portal.Features.Exports.ExportPiecesError(600, DateTimeOffset.UnixEpoch),
        new Soracom.Portal.Features.Exports.FootageOfOthersError(),
        new Soracom.Portal.Features.Exports.ExportMovedError(),
        new Soracom.Portal.Features.Exports.FootageThereError(),
        new Soracom.Portal.Features.Exports.FootageRemovedError(),
        new Soracom.Portal.Features.Exports.FootageLostError(),
        new Soracom.Portal.Features.Exports.ExportPlanMovedError(),
        new Soracom.Portal.Features.Exports.FootageCostMovedError(),
        new Soracom.Portal.Features.Cameras.CameraCostMovedError(new Soracom.Portal.Features.Cameras.CameraAgreed(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(1))),
        new Soracom.Portal.Features.Cameras.CameraQuotaUnreadError(TimeSpan.FromSeconds(300)),
        new Soracom.Portal.Features.Groups.GroupChangedError(2),
        new Soracom.Portal.Features.Groups.GroupInUseError(2),
        new Soracom.Portal.Features.Groups.GroupMissingError(),
        new Soracom.Portal.Features.Groups.GroupSameError(),
        new Soracom.Portal.Features.Groups.UnreadableArchiveError(),
        new Soracom.Portal.Security.SignIn.AlreadyMemberError("aoba"),
        new Soracom.Portal.Features.Members.LastOwnerError(),
        new Soracom.Portal.Features.RemoteAccess.DoorRefusedError([]),
        new Soracom.Portal.Features.RemoteAccess.DoorUnderWayError(),
        new Soracom.Portal.Features.RemoteAccess.DoorOfOtherAccountError(),
        new Soracom.Portal.Features.RemoteAccess.ClosingRightEndedError(),
        new Soracom.Portal.Features.RemoteAccess.ClosingFailedError(),
        new Soracom.Portal.Features.RemoteAccess.DoorStillOpenError(),
        new Soracom.Portal.Features.Sims.Jobs.InventoryMissingError(),
        new Soracom.Portal.Features.Sims.Jobs.NothingToPlanError(),
        new Soracom.Portal.Features.Sims.Jobs.FileAsksNothingError("name, group"),
        new Soracom.Portal.Features.Sims.Jobs.FileIsAsListedError("Name, Group"),
        new Soracom.Portal.Features.Sims.Jobs.JobMovedError(),
        new Soracom.Portal.Features.Sims.Jobs.Files.FileProblemsError([], 3),
        new ConflictError(),
        new ObstacleError(new Obstacle("NoSpeedClass", "plan01s", "s1.fast")),
        new FreshSignInError(),
        new GoneError(),
        new InputError("CredentialIncomplete"),
        new KeyStoreAwayError(),
        .. from kind in Enum.GetValues<VendorErrorKind>() from coverage in Enum.GetValues<SoracomCoverage>() select new VendorError(kind, coverage),
        .. from coverage in Enum.GetValues<SoracomCoverage>() select new VendorError(VendorErrorKind.Unavailable, coverage) { OutcomeUnknown = true },
    ];

    private readonly IStringLocalizer<Strings> words = shared.Scene.Get<IStringLocalizer<Strings>>();

    public static TheoryData<string, int> Cases => new(from language in (string[])["en", "ja"] from index in Enumerable.Range(0, Errors.Length) select (language, index));

    public static TheoryData<string> Languages => ["en", "ja"];

    [Fact]
    public void Cases_HoldEveryKindOfError() =>
        Assert.Equal(
            typeof(PortalError).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(PortalError))).Select(type => type.Name).Order(StringComparer.Ordinal),
            Errors.Select(error => error.GetType().Name).Distinct().Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Of_EveryError_SaysWhatHappenedAndWhatToDo(string language, int index)
    {
        var said = Say(language, Errors[index]);

        Assert.All((string[])[said.Title, said.What, said.Next], text =>
        {
            Assert.NotEmpty(text);
            Assert.DoesNotMatch("Error\\.|Vendor\\.|\\{[0-9]", text);
            Assert.Equal(language == "ja", JapaneseText().IsMatch(text));
        });
        Assert.All(Errors[index].Arguments, argument => Assert.Contains(Convert.ToString(argument, CultureInfo.InvariantCulture)!, said.What, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void Of_TwoDifferentErrors_ReadDifferently(string language) =>
        Assert.Equal(Errors.Length, Errors.Select(error => Say(language, error)).Select(said => (said.Title, said.What)).Distinct().Count());

    [Theory]
    [InlineData(VendorErrorKind.NoCredential, "Store one, and the page has something to show.")]
    [InlineData(VendorErrorKind.BadCredential, "Replace it. Nothing was changed at Soracom.")]
    [InlineData(VendorErrorKind.UnreadableCredential, "Replace it. Nothing was changed at Soracom.")]
    [InlineData(VendorErrorKind.Denied, "Extend the user's permissions at Soracom, or store another credential.")]
    public void Of_ACredentialsError_TellsWhoMayMendItToDoSo_AndOthersWhomToAsk(VendorErrorKind kind, string next)
    {
        var error = new VendorError(kind, SoracomCoverage.Japan);

        Assert.Equal(next, Say("en", error).Next);
        Assert.Equal("Ask an owner of this account: owners manage its credentials.", Say("en", error, mayManageCredentials: false).Next);
    }

    [Fact]
    public void Of_RateLimit_SaysHowManySecondsToWait()
    {
        var error = new VendorError(VendorErrorKind.RateLimited, SoracomCoverage.Japan) { RetryAfter = TimeSpan.FromSeconds(11.2) };
        Assert.Equal("Try again in 12 s.", Say("en", error).Next);
    }

    [Fact]
    public void Of_VendorError_GivesItsCodeWordsAndRequestForSupport()
    {
        var error = new VendorError(VendorErrorKind.Refused, SoracomCoverage.Global) { Code = "SEM0016", VendorMessage = "offline", RequestId = "r-1" };
        Assert.Equal("SEM0016 · offline · request r-1", Say("en", error).VendorDetail);
        Assert.Null(Say("en", new VendorError(VendorErrorKind.Unavailable, SoracomCoverage.Japan)).VendorDetail);
    }

    [Fact]
    public void Resources_BothLanguagesHaveTheSameTextsWithTheSamePlaces()
    {
        var resources = new ResourceManager(typeof(Strings));
        var english = Read(CultureInfo.InvariantCulture);
        var japanese = Read(CultureInfo.GetCultureInfo("ja"));

        Assert.Equal(english.Keys.Order(StringComparer.Ordinal), japanese.Keys.Order(StringComparer.Ordinal));
        Assert.All(english, text => Assert.Equal(Places(text.Value), Places(japanese[text.Key])));

        Dictionary<string, string> Read(CultureInfo culture) => resources.GetResourceSet(culture, createIfNotExists: true, tryParents: false)!
            .Cast<System.Collections.DictionaryEntry>()
            .ToDictionary(entry => (string)entry.Key, entry => (string)entry.Value!, StringComparer.Ordinal);

        static string Places(string text) => string.Join(' ', Place().Matches(text).Select(match => match.Value).Distinct().Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void Resources_EveryValueOfEveryEnumerationThatPagesSpellOut_HasWords(string language)
    {
        using var speaking = new Speaking(language);
        string[] keys =
        [
            .. Enum.GetNames<Permission>().Select(name => $"Permission.{name}"),
            .. Enum.GetNames<Soracom.Portal.Data.Members.TenantRole>().Select(name => $"Role.{name}"),
            .. Enum.GetNames<Soracom.Portal.Data.Audit.AuditOutcome>().Select(name => $"Outcome.{name}"),
            .. Enum.GetNames<Soracom.Portal.Data.Credentials.CredentialResult>().Select(name => $"CredentialResult.{name}"),
            .. Enum.GetNames<Soracom.Portal.Data.Credentials.CredentialKind>().SelectMany(name => (string[])[$"CredentialKind.{name}", $"CredentialKind.{name}.Help", $"CredentialKind.{name}.Name", $"CredentialKind.{name}.Secret"]),
            .. Enum.GetNames<Soracom.Portal.Security.OpenId.SignInFailure>().Select(name => $"SignInFailed.{name}"),
            .. typeof(Soracom.Portal.Data.Audit.AuditActions).GetFields().Select(field => $"Action.{field.GetRawConstantValue()}"),
        ];
        Assert.DoesNotContain(keys, key => words[key].ResourceNotFound);
    }

    [GeneratedRegex("[\\p{IsHiragana}\\p{IsKatakana}\\p{IsCJKUnifiedIdeographs}]", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex JapaneseText();

    [GeneratedRegex("\\{[0-9]\\}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Place();

    private ErrorWords Say(string language, PortalError error, bool mayManageCredentials = true)
    {
        using var speaking = new Speaking(language);
        return ErrorWords.Of(words, error, mayManageCredentials);
    }
}
