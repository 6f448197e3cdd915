using Soracom.Api.Napter;
using Soracom.Portal.Data.RemoteAccess;
using Soracom.Portal.Features.RemoteAccess.Doors;

namespace Soracom.Portal.Tests.Features.RemoteAccess;

/// <summary>What of the vendor's entries goes into commands and files.</summary>
public sealed class DoorMatchTests
{
    [Theory]
    [InlineData("203.0.113.9", 40022, true)]
    [InlineData("203.0.113.9", 0, false)]
    [InlineData("203.0.113.9", 65536, false)]
    [InlineData("203.0.113.9", null, false)]
    [InlineData("203.0.113", 40022, false)]
    [InlineData("203.0.113.9; reboot", 40022, false)]
    [InlineData("203.0.113.9\r\nremoteapplicationmode:i:1", 40022, false)]
    [InlineData("2001:db8::9", 40022, false)]
    [InlineData("", 40022, false)]
    [InlineData(null, 40022, false)]
    public void IsNamed_ByAnIpv4AddressAndAPort(string? address, int? port, bool named) =>
        Assert.Equal(named, DoorMatch.IsNamed(new PortMapping { IpAddress = address, Port = port }));

    [Theory]
    [InlineData("jp.napter.soracom.io", true)]
    [InlineData("203-0-113-9.napter.soracom.io", true)]
    [InlineData("203.0.113.9", false)]
    [InlineData("napter.soracom.io; reboot", false)]
    [InlineData("$(reboot).soracom.io", false)]
    [InlineData("napter.soracom.io\n", false)]
    [InlineData("nаpter.soracom.io", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Host_ThatCanBeNone_IsLeftOut(string? host, bool kept) =>
        Assert.Equal(kept ? host : null, DoorMatch.HostOf(new PortMapping { Hostname = host }));

    [Fact]
    public void Host_ThatIsTooLong_IsLeftOut() =>
        Assert.Null(DoorMatch.HostOf(new PortMapping { Hostname = string.Join('.', Enumerable.Repeat("napter", RemoteDoor.HostLength)) }));
}
