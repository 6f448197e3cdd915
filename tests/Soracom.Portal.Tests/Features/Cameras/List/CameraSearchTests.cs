using Soracom.Api;
using Soracom.Portal.Features.Cameras;
using Soracom.Portal.Features.Cameras.List;
using Soracom.Portal.Shared.Cameras;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Tests.Features.Cameras.List;

/// <summary>What a view of the list of cameras finds, and in which order.</summary>
public sealed class CameraSearchTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 3, 0, 0, TimeSpan.Zero);

    private static readonly ListedCamera Gate = Camera("Gate", "02CA00000001") with { Connected = true, More = More(CameraLicenceKind.Continuous, left: 10) };
    private static readonly ListedCamera Yard = Camera("Yard", "02CA00000002") with { Power = "sleep", ConnectedAt = Now.AddDays(-3), More = More(CameraLicenceKind.Motion, left: 70) };
    private static readonly ListedCamera Hall = Camera("Hall", "02CA00000003") with { Connected = true, NextFirmware = "5.0", More = new CameraMore(CameraLicence.None, null, null, null) };
    private static readonly ListedCamera Unread = Camera("", "02CA00000004") with { Connected = true };
    private static readonly ListedCamera Failed = Camera("Cellar", "02CA00000005") with { ConnectedAt = Now.AddDays(-1), More = new VendorError(VendorErrorKind.Unavailable, SoracomCoverage.Japan) };

    [Theory]
    [InlineData("", "Cellar,Gate,Hall,Yard,")]
    [InlineData("?order=desc", "Yard,Hall,Gate,Cellar,")]
    [InlineData("?q=GATE", "Gate")]
    [InlineData("?q=0002", "Yard")]
    [InlineData("?q=atom+yard", "Yard")]
    [InlineData("?connection=offline", "Cellar,Yard")]
    [InlineData("?power=sleep", "Yard")]
    [InlineData("?licence=none", "Hall")]
    [InlineData("?licence=continuous,motion", "Gate,Yard")]
    [InlineData("?firmware=waiting", "Hall")]
    [InlineData("?sort=quota", "Gate,Yard,Cellar,Hall,")]
    [InlineData("?sort=quota&order=desc", "Yard,Gate,Cellar,Hall,")]
    [InlineData("?sort=connection", "Yard,Cellar,Gate,Hall,")]
    public void Find_AView_GivesItsCamerasInItsOrder(string query, string names) =>
        Assert.Equal(names, string.Join(',', CameraSearch.Find([Unread, Failed, Yard, Hall, Gate], CameraQuery.Parse(query)).Select(camera => camera.Name)));

    [Fact]
    public void Licences_CountThoseThatAreKnown_OfTheCamerasThatOtherFiltersLeave() =>
        Assert.Equal(
            [("none", 1), ("continuous", 1), ("motion", 0)],
            CameraSearch.Licences([Unread, Failed, Yard, Hall, Gate], CameraQuery.Parse("?connection=connected&licence=motion"), value => value).Select(option => (option.Value, option.Count ?? -1)));

    [Theory]
    [InlineData("CR14-SC", CameraLicenceKind.Continuous, 14)]
    [InlineData("MR90-SC", CameraLicenceKind.Motion, 90)]
    [InlineData("XR-SC", CameraLicenceKind.Other, null)]
    public void Licence_ByItsId_IsKnown(string id, CameraLicenceKind kind, int? days) => Assert.Equal(new CameraLicence(kind, days), CameraLicence.OfId(id));

    [Theory]
    [InlineData("Cloud Continuous Recording License (14 Days)", "storage_life=14", CameraLicenceKind.Continuous, 14)]
    [InlineData("クラウドモーション検知「アンリミテッド」録画ライセンス (7 日間)", "storage_life=7", CameraLicenceKind.Motion, 7)]
    [InlineData("Something new", "forever", CameraLicenceKind.Other, null)]
    public void Licence_InTheVendorsWords_IsRecognised(string name, string value, CameraLicenceKind kind, int? days) =>
        Assert.Equal(new CameraLicence(kind, days), CameraLicence.Of([new() { Name = name, Value = value }]));

    private static ListedCamera Camera(string name, string id) => new()
    {
        Coverage = SoracomCoverage.Japan,
        DeviceId = id,
        Name = name,
        Model = "ATOM Cam 2",
        Firmware = "4.58",
        Power = "on",
    };

    private static Result<CameraMore> More(CameraLicenceKind kind, int left) =>
        new CameraMore(new CameraLicence(kind, 14), new CameraQuota(TimeSpan.FromHours(72), TimeSpan.FromHours(72 - left), TimeSpan.Zero), Now, "motion");
}
