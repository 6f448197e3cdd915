using Soracom.Portal.Data.RemoteAccess;
using Soracom.Portal.Features.RemoteAccess.Events;

namespace Soracom.Portal.Tests.Features.RemoteAccess.Events;

/// <summary>Which door something happened at: told only where it is certain.</summary>
public sealed class RemoteEventMatchTests
{
    private static readonly DateTimeOffset Start = new(2026, 4, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("CONNECTED", 0)]
    [InlineData("CONNECTED", 899)]
    [InlineData("CLOSED", 900)]
    [InlineData("CLOSED", 920)]
    [InlineData("ACCESS", -20)]
    [InlineData("DENIED", 300)]
    [InlineData("CREATED", 0)]
    [InlineData("EXPIRED", 900)]
    public void Event_WithinTheDoorsLife_IsItsOwn(string type, int seconds)
    {
        var door = Door();

        Assert.Equal((RemoteEventOrigin.Door, door), RemoteEventMatch.Of(Event(type, seconds), [door]));
    }

    [Theory]
    [InlineData("CONNECTED", -31)]
    [InlineData("CONNECTED", 931)]
    [InlineData("CREATED", -60)]
    [InlineData("EXPIRED", 1000)]
    public void Event_OutsideTheDoorsLife_IsOfNoDoor(string type, int seconds) =>
        Assert.Equal((RemoteEventOrigin.Elsewhere, null), RemoteEventMatch.Of(Event(type, seconds), [Door()]));

    [Fact]
    public void Event_OfAnotherCoverageOperatorSimPortOrEncryption_IsOfNoDoor()
    {
        RemoteDoor[] others =
        [
            Door(coverage: "g"), Door(operatorId: "OP0000000002"), Door(imsi: "440100000000002"), Door(imsi: "", simId: "8942310000000000002"), Door(port: 80), Door(tls: true), Door(state: RemoteDoorState.Failed),
        ];

        Assert.Equal((RemoteEventOrigin.Elsewhere, null), RemoteEventMatch.Of(Event("CONNECTED", 10), others));
    }

    [Theory]
    [InlineData("ACCESS", "198.51.100.78", false)]
    [InlineData("ACCESS", "198.51.100.77", true)]
    [InlineData("ACCESS", "203.0.113.9", true)]
    [InlineData("DENIED", "192.0.2.1", true)]
    public void Event_FromWhereTheDoorLetsNobodyIn_IsOfNoDoor_UnlessItWasTurnedAway(string type, string source, bool own) =>
        Assert.Equal(own ? RemoteEventOrigin.Door : RemoteEventOrigin.Elsewhere, RemoteEventMatch.Of(Event(type, 10, source), [Door()]).Origin);

    [Fact]
    public void Event_OfADoorWhoseImsiIsUnknown_IsFoundBySim()
    {
        var door = Door(imsi: "");

        Assert.Equal(door, RemoteEventMatch.Of(Event("CONNECTED", 10), [door]).Door);
    }

    [Fact]
    public void Event_OfOneOfTwoDoorsAlike_IsGivenToNone() =>
        Assert.Equal((RemoteEventOrigin.OneOfSeveral, null), RemoteEventMatch.Of(Event("CONNECTED", 400), [Door(), Door(at: 300)]));

    [Fact]
    public void Event_BetweenTheEndOfOneDoorAndTheBeginOfTheNext_IsTheOneWhoseLifeItLiesIn()
    {
        var (first, second) = (Door(ended: 100), Door(at: 110));

        Assert.Equal(first, RemoteEventMatch.Of(Event("CONNECTED", 95), [first, second]).Door);
        Assert.Equal(second, RemoteEventMatch.Of(Event("CONNECTED", 115), [first, second]).Door);
    }

    [Theory]
    [InlineData("CREATED", 300)]
    [InlineData("EXPIRED", 1200)]
    public void BeginAndEnd_OfDoorsThatLiveSideBySide_AreToldApartByTheirTimes(string type, int seconds)
    {
        var (first, second) = (Door(), Door(at: 300));

        Assert.Equal(second, RemoteEventMatch.Of(Event(type, seconds), [first, second]).Door);
    }

    [Fact]
    public void BeginOfADoorThatNobodyKnows_BesideTwoThatAreKnown_IsOfNoDoor() =>
        Assert.Equal((RemoteEventOrigin.Elsewhere, null), RemoteEventMatch.Of(Event("CREATED", 600), [Door(), Door(at: 300)]));

    private static RemoteDoor Door(
        string coverage = "jp", string operatorId = "OP0000000001", string imsi = "440100000000001", string simId = "8942310000000000001", int port = 22, bool tls = false,
        RemoteDoorState state = RemoteDoorState.Open, int at = 0, int? ended = null) => new()
        {
            Id = Guid.NewGuid(),
            TenantId = Guid.NewGuid(),
            Coverage = coverage,
            OperatorId = operatorId,
            SimId = simId,
            Imsi = imsi,
            SimName = "",
            DevicePort = port,
            Service = "air",
            Tls = tls,
            SourceRanges = "198.51.100.77/32 203.0.113.0/24",
            DurationSeconds = 900,
            Reason = "",
            Ticket = "",
            OpenerId = Guid.NewGuid(),
            OpenerName = "Yui",
            AskedAt = Start.AddSeconds(at - 1),
            State = state,
            OpenedAt = Start.AddSeconds(at),
            ExpiresAt = Start.AddSeconds(at + 900),
            EndedAt = ended is { } seconds ? Start.AddSeconds(seconds) : null,
        };

    private static RemoteAccessEvent Event(string type, int seconds, string source = "198.51.100.77")
    {
        var ofDoor = type is "CREATED" or "DELETED" or "EXPIRED";
        return new RemoteAccessEvent
        {
            TenantId = Guid.NewGuid(),
            Identity = "",
            Coverage = "jp",
            OperatorId = "OP0000000001",
            At = Start.AddSeconds(seconds),
            Type = type,
            Imsi = "440100000000001",
            ConnectionId = "",
            SourceAddress = ofDoor ? "" : source,
            DeviceAddress = "",
            DevicePort = ofDoor ? null : 22,
            Tls = false,
            SimId = "8942310000000000001",
            SimName = "",
            Origin = RemoteEventOrigin.Elsewhere,
            OpenerName = "",
        };
    }
}
