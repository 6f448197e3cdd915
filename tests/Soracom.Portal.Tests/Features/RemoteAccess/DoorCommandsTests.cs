using Soracom.Portal.Data.RemoteAccess;
using Soracom.Portal.Features.RemoteAccess.Doors;

namespace Soracom.Portal.Tests.Features.RemoteAccess;

/// <summary>What there is to copy for a door that is open.</summary>
public sealed class DoorCommandsTests
{
    [Theory]
    [InlineData(22, false, "ssh -p 12345 user@203.0.113.9|scp -P 12345 file user@203.0.113.9:", null)]
    [InlineData(80, true, "curl https://203-0-113-9.napter.soracom.io:12345/|openssl s_client -connect 203-0-113-9.napter.soracom.io:12345 -servername 203-0-113-9.napter.soracom.io", "https://203-0-113-9.napter.soracom.io:12345/")]
    [InlineData(80, false, "curl http://203.0.113.9:12345/", "http://203.0.113.9:12345/")]
    [InlineData(443, false, "curl -k https://203.0.113.9:12345/|openssl s_client -connect 203.0.113.9:12345", "https://203.0.113.9:12345/")]
    [InlineData(443, true, "openssl s_client -connect 203-0-113-9.napter.soracom.io:12345 -servername 203-0-113-9.napter.soracom.io", null)]
    [InlineData(5900, false, "vncviewer 203.0.113.9::12345", null)]
    [InlineData(502, false, "nc 203.0.113.9 12345", null)]
    public void Of_APort_IsReadyToCopy(int port, bool tls, string commands, string? link)
    {
        var door = Door(port, tls);

        Assert.Equal(commands.Split('|'), DoorCommands.Of(door));
        Assert.Equal(link, DoorCommands.Link(door));
    }

    [Fact]
    public void Of_SshThroughTls_GoesThroughOpenssl() =>
        Assert.StartsWith("ssh -o ProxyCommand=\"openssl s_client -quiet -connect %h:%p -servername %h\" -p 12345 user@203-0-113-9.napter.soracom.io", DoorCommands.Of(Door(22, tls: true))[0], StringComparison.Ordinal);

    [Fact]
    public void Of_ADoorWhoseAddressIsNotKnown_IsNothing()
    {
        var door = Door(80, tls: false);
        door.IpAddress = null;

        Assert.Empty(DoorCommands.Of(door));
        Assert.Null(DoorCommands.Link(door));
    }

    [Theory]
    [InlineData(3389, false, RemoteDoorState.Open, true)]
    [InlineData(3389, true, RemoteDoorState.Open, false)]
    [InlineData(3389, false, RemoteDoorState.Closed, false)]
    [InlineData(22, false, RemoteDoorState.Open, false)]
    public void RdpFile_IsForRemoteDesktopsAlone(int port, bool tls, RemoteDoorState state, bool has)
    {
        var door = Door(port, tls);
        door.State = state;

        door.ExpiresAt = ManualTime.Start.AddSeconds(1);

        Assert.Equal(has, DoorCommands.HasRdpFile(door, ManualTime.Start));
        Assert.False(DoorCommands.HasRdpFile(door, door.ExpiresAt.Value));
        Assert.StartsWith("full address:s:203.0.113.9:12345\r\n", DoorCommands.RdpFile(door), StringComparison.Ordinal);
    }

    private static RemoteDoor Door(int port, bool tls) => new()
    {
        Id = Guid.NewGuid(),
        TenantId = Guid.NewGuid(),
        Coverage = "jp",
        OperatorId = "OP0000000001",
        SimId = "8942310000000000001",
        Imsi = "",
        SimName = "",
        DevicePort = port,
        Service = "air",
        Tls = tls,
        SourceRanges = "203.0.113.5/32",
        DurationSeconds = 900,
        Reason = "",
        Ticket = "",
        OpenerId = Guid.NewGuid(),
        OpenerName = "Test",
        AskedAt = ManualTime.Start,
        State = RemoteDoorState.Open,
        IpAddress = "203.0.113.9",
        Port = 12345,
        Hostname = "203-0-113-9.napter.soracom.io",
    };
}
