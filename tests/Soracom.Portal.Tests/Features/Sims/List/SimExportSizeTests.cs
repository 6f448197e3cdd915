using Soracom.Api;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Sims;
using Soracom.Portal.Features.Sims.Inventory;
using Soracom.Portal.Features.Sims.List;
using Soracom.Portal.Security;

namespace Soracom.Portal.Tests.Features.Sims.List;

/// <summary>How little a file of very many SIMs takes.</summary>
[Collection(Alone.Name)]
public sealed class SimExportSizeTests : IAsyncLifetime
{
    private PortalScene scene = null!;
    private TenantContext tenant = null!;

    public async ValueTask InitializeAsync()
    {
        scene = await PortalScene.StartAsync();
        tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Viewer);
        await scene.Get<InventorySync>().RunAsync(tenant.TenantId, SoracomCoverage.Japan, Watchdog.Token);
    }

    public async ValueTask DisposeAsync()
    {
        tenant.Dispose();
        await scene.DisposeAsync();
    }

    [Fact]
    public async Task Write_AHundredThousandSims_HoldsFewOfThemAtATime()
    {
        await scene.TestDatabase.ExecuteAsync(
            """
            INSERT INTO InventorySims (TenantId, Coverage, SimId, ReadAt, Walk, ChangeNumber, Name, Tags, Iccids, Imsis, Msisdns, Subscriptions, Imei, SerialNumber, GroupId, GroupName, Status,
                SpeedClass, ModuleType, Online, SessionId, IpAddress, Cell, ExpiryAction, TerminationEnabled, ImeiLock)
            WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 100000)
            SELECT (SELECT Id FROM Tenants WHERE Slug = 'aoba'), 'jp', '77' || n, 0, 1, 1, 'many ' || n, '', '', '', '', '', '', '', '', '', 'active', '', '', 0, '', '', '', '', 0, '' FROM numbers
            """);
        using var file = new CountingStream();
        Assert.Equal(100_042, (await scene.Get<SimList>().FindAsync(tenant, [SoracomCoverage.Japan], new SimLookup { SortBy = SimColumn.Name }, Watchdog.Token)).Total);

        Assert.Equal(100_042, await scene.Get<SimExport>().WriteAsync(tenant, new SimSelection.Matching(SimQuery.Parse("?coverage=jp"), 0, []), SimListColumn.Default, file, Watchdog.Token));

        Assert.True(file.Length > 3_000_000, $"{file.Length} bytes are too few.");
        Assert.True(file.MostHeld < 48_000_000, $"{file.MostHeld} bytes were held beyond what was before.");
    }

    /// <summary>Takes everything, keeps nothing, and looks now and then how much the program holds.</summary>
    private sealed class CountingStream : Stream
    {
        private readonly long before = GC.GetTotalMemory(forceFullCollection: true);
        private long written;
        private long looked;

        public long MostHeld { get; private set; }

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => written;

        public override long Position { get => written; set => throw new NotSupportedException(); }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count)
        {
            written += count;
            if (written - looked > 1_000_000)
            {
                looked = written;
                MostHeld = Math.Max(MostHeld, GC.GetTotalMemory(forceFullCollection: true) - before);
            }
        }
    }
}
