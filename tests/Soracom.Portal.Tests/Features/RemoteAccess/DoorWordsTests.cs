using Microsoft.Extensions.Localization;
using Soracom.Portal.Data.RemoteAccess;
using Soracom.Portal.Features.RemoteAccess.Pages;
using Soracom.Portal.Resources;

namespace Soracom.Portal.Tests.Features.RemoteAccess;

/// <summary>Whatever becomes of a door, it is said in words.</summary>
public sealed class DoorWordsTests(SharedScene shared)
{
    public static TheoryData<RemoteDoorEnd, string?, string> Ends =>
        new(from end in Enum.GetValues<RemoteDoorEnd>() from who in new[] { null, "Haruto" } from language in new[] { "en", "ja" } select (end, who, language));

    [Theory]
    [MemberData(nameof(Ends))]
    public void End_IsSaidInWords_WithWhoeverClosedIt(RemoteDoorEnd end, string? who, string language)
    {
        using var speaking = new Speaking(language);
        var words = shared.Scene.Get<IStringLocalizer<Strings>>();

        var said = DoorWords.End(words, Door(end, who));

        Assert.False(string.IsNullOrEmpty(said));
        Assert.DoesNotContain("DoorEnd", said, StringComparison.Ordinal);
        Assert.Equal(who is not null && end is (RemoteDoorEnd.Person or RemoteDoorEnd.AllAtOnce), said.Contains("Haruto", StringComparison.Ordinal));
    }

    private static RemoteDoor Door(RemoteDoorEnd end, string? who) => new()
    {
        Id = Guid.NewGuid(),
        TenantId = Guid.NewGuid(),
        Coverage = "jp",
        OperatorId = "",
        SimId = "",
        Imsi = "",
        SimName = "",
        DevicePort = 22,
        Service = "air",
        Tls = false,
        SourceRanges = "",
        DurationSeconds = 900,
        Reason = "",
        Ticket = "",
        OpenerId = Guid.NewGuid(),
        OpenerName = "",
        AskedAt = ManualTime.Start,
        State = RemoteDoorState.Closed,
        End = end,
        EndedByName = who,
    };
}
