using Soracom.Api;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Cameras.List;
using Soracom.Portal.Features.Cameras.Recordings;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Cameras;
using Soracom.Portal.Shared.Vendor;
using Soracom.Sandbox.Faults;

namespace Soracom.Portal.Tests.Features.Cameras.Recordings;

/// <summary>What a page reads of a camera's past, part by part.</summary>
public sealed class PastReadingTests(ClassScene own) : IClassFixture<ClassScene>
{
    private const string Busy = "東京 豊洲充電ステーション";

    private readonly PortalScene scene = own.Scene;

    private DateTimeOffset Now => scene.Clock.GetUtcNow();

    [Fact]
    public async Task Read_MoreThanOneReadingTakes_SaysSo_AndGoesOnWhenAskedAgain()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Nagisa, TenantRole.Viewer);
        var parts = 0;
        using var reading = new PastReading(scene.Get<CameraPast>(), scene.Clock, () => parts++);
        var months = new Period(Now.AddDays(-80), Now);
        var camera = await IdAsync(tenant);

        Assert.True(await reading.ReadAsync(tenant, SoracomCoverage.Japan, camera, months));
        Assert.Equal((true, PastReading.MostParts, false), (reading.IsCutOff, parts, reading.Busy));
        var left = Assert.Single(reading.Book.Missing(months));
        Assert.Equal(months.From, left.From);

        for (var again = 0; again < 5 && reading.IsCutOff; again++)
        {
            Assert.True(await reading.ReadAsync(tenant, SoracomCoverage.Japan, camera, months));
        }

        Assert.Empty(reading.Book.Missing(months));
        Assert.InRange(reading.Book.Recorded(months, Now).Sum(part => part.Length.TotalDays), 75, 80);
    }

    [Fact]
    public async Task Read_WhatWasReadAlready_AsksForNothing()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Nagisa, TenantRole.Viewer);
        var parts = 0;
        using var reading = new PastReading(scene.Get<CameraPast>(), scene.Clock, () => parts++);
        var (day, camera) = (new Period(Now.AddDays(-1), Now.AddHours(12)), await IdAsync(tenant));
        await reading.ReadAsync(tenant, SoracomCoverage.Japan, camera, day);

        Assert.True(await reading.ReadAsync(tenant, SoracomCoverage.Japan, camera, new Period(Now.AddHours(-2), Now.AddHours(-1)), day));
        Assert.Equal(1, parts);
        reading.Forget();
        Assert.True(await reading.ReadAsync(tenant, SoracomCoverage.Japan, camera, day));
        Assert.Equal(2, parts);
    }

    [Fact]
    public async Task Read_SomethingElseMeanwhile_GivesTheFirstUp()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Nagisa, TenantRole.Viewer);
        using var reading = new PastReading(scene.Get<CameraPast>(), scene.Clock, () => { });
        var camera = await IdAsync(tenant);
        scene.Sandbox.Faults.Arm(new SandboxFault
        {
            Kind = SandboxFaultKind.Slow,
            Path = $"/v1/sora_cam/devices/{camera}/recordings_and_events",
            Delay = TimeSpan.FromMinutes(5),
            OperatorId = scene.Account(PortalScene.Nagisa).OperatorId,
        });
        var first = reading.ReadAsync(tenant, SoracomCoverage.Japan, camera, new Period(Now.AddDays(-2), Now.AddDays(-1)));
        await scene.StruckAsync();
        Assert.True(reading.Busy);

        var second = new Period(Now.AddDays(-5), Now.AddDays(-4));
        Assert.True(await reading.ReadAsync(tenant, SoracomCoverage.Japan, camera, second));

        Assert.False(await first);
        Assert.Equal((false, null), (reading.Busy, reading.Error));
        Assert.Equal([second], reading.Book.Read);
    }

    [Fact]
    public async Task Read_TheVendorRefuses_SaysWhy()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Komorebi, TenantRole.Viewer);
        using var reading = new PastReading(scene.Get<CameraPast>(), scene.Clock, () => { });

        Assert.True(await reading.ReadAsync(tenant, SoracomCoverage.Japan, "02CA00000000", new Period(Now.AddDays(-2), Now)));

        Assert.Equal(VendorErrorKind.NoCredential, Assert.IsType<VendorError>(reading.Error).Kind);
    }

    private async Task<string> IdAsync(TenantContext tenant) =>
        (await scene.Get<CameraList>().ReadAsync(tenant, SoracomCoverage.Japan, Watchdog.Token)).Cameras.Single(camera => camera.Name == Busy).DeviceId;
}
