using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Soracom.Api;
using Soracom.Api.Sims;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Billing;
using Soracom.Portal.Data.Credentials;
using Soracom.Portal.Data.Exports;
using Soracom.Portal.Data.Groups;
using Soracom.Portal.Data.Jobs;
using Soracom.Portal.Data.Mail;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Data.RemoteAccess;
using Soracom.Portal.Data.Sims;
using Soracom.Portal.Data.Tenants;
using Soracom.Portal.Data.Views;
using Soracom.Portal.Features.Sims.Inventory;

namespace Soracom.Portal.Tests.Data;

public sealed class PortalDbContextTests : IAsyncLifetime
{
    private TestDatabase database = null!;
    private Guid aoba;
    private Guid nagisa;

    private static CancellationToken None => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database = await TestDatabase.CreateAsync();
        aoba = await database.AddTenantAsync("aoba");
        nagisa = await database.AddTenantAsync("nagisa");
    }

    public ValueTask DisposeAsync() => database.DisposeAsync();

    /// <summary>Every entity of the model that is not the installation's, and a row of it for a tenant.</summary>
    public static TheoryData<Type> TenantEntities
    {
        get
        {
            using var db = new PortalDatabase(PortalDatabaseOptions.For(DatabaseProvider.Sqlite, "Data Source=never-opened.db")).ForInstallation();
            return [.. db.Model.GetEntityTypes().Select(entity => entity.ClrType).Where(type => !Attribute.IsDefined(type, typeof(InstallationWideAttribute)))];
        }
    }

    [Fact]
    public void Model_TenantEntities_AreTheOnesThatTheseTestsMakeRowsOf() =>
        Assert.Equal(["AccountCoupon", "AccountDiscount", "AccountStatement", "ArchiveKey", "AuditEntry", "BillDay", "BillFile", "BillLine", "BillMonth", "BillReading", "BillRevision", "CustomRole", "FootageExport", "FootagePiece", "FootageRules", "GroupDraft", "GroupExclusion", "GroupGrant", "GroupRevision", "InventoryGroup", "InventorySim", "Invitation", "OutgoingMail", "PaymentReading", "RemoteAccessEvent", "RemoteAccessPolicy", "RemoteAccessReading", "RemoteDoor", "SavedView", "SimDiagnosis", "SimInventory", "SimJob", "SimJobItem", "TenantBrand", "TenantDataKey", "TenantMember", "VendorCredential"], TenantEntities.Select(row => row.Data.Name).Order());

    [Theory]
    [MemberData(nameof(TenantEntities))]
    public async Task Query_RowsOfTwoTenants_EachContextSeesItsOwn(Type entity)
    {
        await SaveAsync(aoba, await NewRowAsync(entity, aoba));
        await SaveAsync(nagisa, await NewRowAsync(entity, nagisa));

        Assert.Equal([aoba], await TenantsSeenAsync(entity, database.Database.ForTenant(aoba)));
        Assert.Equal([nagisa], await TenantsSeenAsync(entity, database.Database.ForTenant(nagisa)));
        Assert.Empty(await TenantsSeenAsync(entity, database.Database.ForInstallation()));
    }

    [Theory]
    [MemberData(nameof(TenantEntities))]
    public async Task Model_TenantEntity_HasTheNamedFilterOnBothProviders(Type entity)
    {
        await using var sqlite = database.Database.ForTenant(aoba);
        await using var server = new PortalDatabase(PortalDatabaseOptions.For(DatabaseProvider.SqlServer, "Server=never-opened")).ForTenant(aoba);

        Assert.All([sqlite, server], db => Assert.NotNull(db.Model.FindEntityType(entity)!.FindDeclaredQueryFilter(PortalDbContext.TenantFilter)));
    }

    [Theory]
    [MemberData(nameof(TenantEntities))]
    public async Task SaveChanges_RowOfAnotherTenant_Throws(Type entity)
    {
        var row = await NewRowAsync(entity, nagisa);

        await Assert.ThrowsAsync<ForeignTenantException>(() => SaveAsync(aoba, row));

        await using var db = database.Database.ForInstallation();
        db.Add(row);
        Assert.Throws<ForeignTenantException>(() => db.SaveChanges());
        Assert.Empty(await TenantsSeenAsync(entity, database.Database.ForTenant(nagisa)));
    }

    [Theory]
    [InlineData(EntityState.Modified)]
    [InlineData(EntityState.Deleted)]
    public async Task SaveChanges_RowOfAnotherTenantAttached_Throws(EntityState state)
    {
        var member = (TenantMember)await NewRowAsync(typeof(TenantMember), nagisa);
        await SaveAsync(nagisa, member);
        await using var db = database.Database.ForTenant(aoba);
        db.Entry(member).State = state;

        await Assert.ThrowsAsync<ForeignTenantException>(() => db.SaveChangesAsync(None));
    }

    [Fact]
    public async Task Query_ManyContextsOfTwoTenantsInParallel_EachSeesItsOwn()
    {
        await SaveAsync(aoba, await NewRowAsync(typeof(TenantMember), aoba));
        await SaveAsync(nagisa, await NewRowAsync(typeof(TenantMember), nagisa));

        await Parallel.ForEachAsync(Enumerable.Range(0, 64), None, async (number, cancellationToken) =>
        {
            var tenant = number % 2 == 0 ? aoba : nagisa;
            await using var db = database.Database.ForTenant(tenant);
            Assert.Equal(tenant, (await db.TenantMembers.SingleAsync(cancellationToken)).TenantId);
        });
    }

    [Fact]
    public async Task ForInstallation_AuditEntries_AreThoseWithoutATenant()
    {
        await SaveAsync(aoba, Entry(aoba));
        await using var db = database.Database.ForInstallation();
        db.AuditEntries.Add(Entry(tenantId: null));
        await db.SaveChangesAsync(None);

        Assert.Null((await db.AuditEntries.SingleAsync(None)).TenantId);
    }

    [Fact]
    public async Task ForTenant_EntryWithoutATenant_IsNotSaved() =>
        await Assert.ThrowsAsync<ForeignTenantException>(() => SaveAsync(aoba, Entry(tenantId: null)));

    [Fact]
    public void ForTenant_NoId_IsRefused() => Assert.Throws<ArgumentException>(() => database.Database.ForTenant(Guid.Empty));

    [Fact]
    public async Task ForTenant_InstallationWideRows_AreSeenByAll()
    {
        await database.AddPersonAsync("Haruto");
        await using var db = database.Database.ForTenant(aoba);

        Assert.Equal("Haruto", (await db.People.SingleAsync(None)).Name);
        Assert.Equal(2, await db.Tenants.CountAsync(None));
    }

    [Fact]
    public async Task Subject_DiffersInCaseOnly_IsAnotherPerson()
    {
        var lower = await database.AddPersonAsync("subject");
        var upper = await database.AddPersonAsync("SUBJECT");
        await using var db = database.Database.ForInstallation();

        Assert.Equal(lower, (await db.People.SingleAsync(person => person.Subject == "subject", None)).Id);
        Assert.Equal(upper, (await db.People.SingleAsync(person => person.Subject == "SUBJECT", None)).Id);
        await Assert.ThrowsAsync<DbUpdateException>(() => database.AddPersonAsync("subject"));
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite, "Data Source=never-opened.db", "BINARY")]
    [InlineData(DatabaseProvider.SqlServer, "Server=never-opened", "Latin1_General_100_BIN2")]
    public async Task IssuerAndSubject_AreComparedByteByByte(DatabaseProvider provider, string connection, string collation)
    {
        await using var db = new PortalDatabase(PortalDatabaseOptions.For(provider, connection)).ForInstallation();
        var model = db.GetService<IDesignTimeModel>().Model.FindEntityType(typeof(Person))!;

        Assert.Equal(collation, model.FindProperty(nameof(Person.Issuer))!.GetCollation());
        Assert.Equal(collation, model.FindProperty(nameof(Person.Subject))!.GetCollation());
    }

    [Fact]
    public async Task Times_OfDifferentOffsets_AreOrderedAndReadAsUtc()
    {
        var noonInTokyo = new DateTimeOffset(2031, 5, 5, 12, 0, 0, TimeSpan.FromHours(9));
        var fourUtc = new DateTimeOffset(2031, 5, 5, 4, 0, 0, TimeSpan.Zero);
        var ticksLater = new DateTimeOffset(fourUtc.UtcTicks + 1, TimeSpan.Zero);
        foreach (var at in new[] { ticksLater, noonInTokyo, fourUtc })
        {
            await SaveAsync(aoba, Entry(aoba, at));
        }

        await using var db = database.Database.ForTenant(aoba);
        var times = await db.AuditEntries.OrderBy(entry => entry.At).Select(entry => entry.At).ToListAsync(None);

        Assert.Equal([noonInTokyo, fourUtc, ticksLater], times);
        Assert.All(times, time => Assert.Equal(TimeSpan.Zero, time.Offset));
        Assert.Equal(2, await db.AuditEntries.CountAsync(entry => entry.At >= fourUtc, None));
    }

    [Fact]
    public async Task Amounts_AreKeptToTheLastDigit_InTheirOrder()
    {
        decimal[] amounts = [0.000001m, 0.1m, 0.3m, 12.34m, -5.67m, 9_007_199_254_740.993001m, 100m, 9m];
        foreach (var (index, amount) in amounts.Index())
        {
            await SaveAsync(aoba, Month(aoba, 202601 + index, amount));
        }

        await using var db = database.Database.ForTenant(aoba);
        var kept = await db.BillMonths.OrderBy(month => month.Amount).Select(month => month.Amount!.Value).ToListAsync(None);

        Assert.Equal(amounts.Order(), kept);
        Assert.Equal(amounts.Sum(), kept.Sum());
        Assert.Equal(4, await db.BillMonths.CountAsync(month => month.Amount > 1m, None));
        Assert.Equal("integer", await db.Database.SqlQueryRaw<string>("SELECT DISTINCT typeof(Amount) AS Value FROM BillMonths").SingleAsync(None));
    }

    [Fact]
    public async Task Amount_WithMoreDecimalsThanAreKept_IsRefusedRatherThanChanged()
    {
        var error = await Record.ExceptionAsync(() => SaveAsync(aoba, Month(aoba, 202601, 0.0000001m)));

        Assert.Contains("six decimals", error!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Amounts_InSqlServer_AreDecimalsOfTheSameSize()
    {
        await using var server = new PortalDatabase(PortalDatabaseOptions.For(DatabaseProvider.SqlServer, "Server=never-opened")).ForInstallation();

        var types = server.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties()).Where(property => (Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType) == typeof(decimal)).Select(property => property.GetColumnType()).Distinct();

        Assert.Equal(["decimal(19,6)"], types);
    }

    private static BillMonth Month(Guid tenantId, int month, decimal amount) => new()
    {
        TenantId = tenantId,
        Coverage = "jp",
        OperatorId = "OP0000000001",
        Month = month,
        Currency = "JPY",
        Amount = amount,
        Stage = BillStage.Preliminary,
        PaymentStatus = "",
        PaymentTransactionId = "",
        ReadAt = ManualTime.Start,
    };

    private static AuditEntry Entry(Guid? tenantId, DateTimeOffset? at = null) =>
        new() { At = at ?? ManualTime.Start, TenantId = tenantId, ActorName = "Test", Action = AuditActions.TenantOpened, Outcome = AuditOutcome.Succeeded };

    private async Task<object> NewRowAsync(Type entity, Guid tenantId) => entity.Name switch
    {
        nameof(AuditEntry) => Entry(tenantId),
        nameof(CustomRole) => new CustomRole { TenantId = tenantId, Name = "Night watch", Permissions = "CamerasRead", MadeAt = ManualTime.Start, ChangedAt = ManualTime.Start },
        nameof(GroupGrant) => new GroupGrant { TenantId = tenantId, Issuer = "https://id.example.test", GroupId = "night", Label = "night", Role = TenantRole.Guard, Position = 0, MadeAt = ManualTime.Start },
        nameof(GroupExclusion) => new GroupExclusion { TenantId = tenantId, PersonId = await database.AddPersonAsync($"{tenantId}"), At = ManualTime.Start },
        nameof(Invitation) => new Invitation
        {
            TenantId = tenantId,
            Email = "kei@example.com",
            Role = TenantRole.Viewer,
            CodeHash = RandomNumberGenerator.GetBytes(32),
            InviterId = Guid.NewGuid(),
            InviterName = "Haruto",
            InvitedAt = ManualTime.Start,
            ExpiresAt = ManualTime.Start.AddDays(7),
        },
        nameof(OutgoingMail) => new OutgoingMail { TenantId = tenantId, ObjectId = Guid.NewGuid(), Recipient = "kei@example.com", MadeAt = ManualTime.Start, NotAfter = ManualTime.Start.AddDays(7), NextAt = ManualTime.Start },
        nameof(TenantMember) => new TenantMember { TenantId = tenantId, PersonId = await database.AddPersonAsync($"{tenantId}"), Role = TenantRole.Viewer, AddedAt = ManualTime.Start },
        nameof(TenantDataKey) => new TenantDataKey { TenantId = tenantId, Number = 1, CreatedAt = ManualTime.Start },
        nameof(VendorCredential) => new VendorCredential
        {
            TenantId = tenantId,
            Coverage = "jp",
            Kind = CredentialKind.AuthKey,
            OperatorId = "OP0000000001",
            Sealed = [],
            Version = 1,
            StoredBy = "Test",
            StoredAt = ManualTime.Start,
        },
        nameof(BillMonth) => Month(tenantId, 202604, 0),
        nameof(BillRevision) => new BillRevision
        {
            TenantId = tenantId,
            Coverage = "jp",
            OperatorId = "OP0000000001",
            Month = 202604,
            Number = 1,
            SeenAt = ManualTime.Start,
            Currency = "JPY",
            Amount = 1,
            CouponAmount = 0,
        },
        nameof(BillDay) => new BillDay { TenantId = tenantId, Coverage = "jp", OperatorId = "OP0000000001", Day = new DateOnly(2026, 4, 1), Currency = "JPY", Amount = 1 },
        nameof(BillLine) => new BillLine
        {
            TenantId = tenantId,
            Coverage = "jp",
            OperatorId = "OP0000000001",
            Month = 202604,
            Kind = BillLineKind.Item,
            Key = "one",
            Category = "",
            Currency = "JPY",
            Amount = 1,
            IsKnown = false,
            Name = "",
            GroupId = "",
            GroupName = "",
            Tags = "{}",
        },
        nameof(BillFile) => new BillFile
        {
            TenantId = tenantId,
            Coverage = "jp",
            OperatorId = "OP0000000001",
            Month = 202604,
            Number = 1,
            Revision = 0,
            State = BillFileState.Asked,
            AskedById = Guid.NewGuid(),
            AskedByName = "Test",
            AskedAt = ManualTime.Start,
        },
        nameof(AccountCoupon) => new AccountCoupon { TenantId = tenantId, Coverage = "jp", OperatorId = "OP0000000001", Code = "one", ToldAt = ManualTime.Start },
        nameof(AccountDiscount) => new AccountDiscount { TenantId = tenantId, Coverage = "jp", OperatorId = "OP0000000001", ContractId = "one", ToldAt = ManualTime.Start },
        nameof(AccountStatement) => new AccountStatement { TenantId = tenantId, Coverage = "jp", OperatorId = "OP0000000001", StatementId = "one", ToldAt = ManualTime.Start },
        nameof(PaymentReading) => new PaymentReading { TenantId = tenantId, Coverage = "jp", OperatorId = "OP0000000001" },
        nameof(BillReading) => new BillReading { TenantId = tenantId, Coverage = "jp", OperatorId = "OP0000000001" },
        nameof(ArchiveKey) => new ArchiveKey { TenantId = tenantId, CreatedAt = ManualTime.Start },
        nameof(InventoryGroup) => new InventoryGroup
        {
            TenantId = tenantId,
            Coverage = "jp",
            OperatorId = "OP0000000001",
            GroupId = "one",
            ReadAt = ManualTime.Start,
            Name = "",
            Tags = "{}",
            Namespaces = "",
            Digest = [],
        },
        nameof(GroupRevision) => new GroupRevision
        {
            TenantId = tenantId,
            Coverage = "jp",
            OperatorId = "OP0000000001",
            GroupId = "one",
            Number = 1,
            SeenAt = ManualTime.Start,
            Origin = GroupRevisionOrigin.Found,
            Sealed = [],
        },
        nameof(FootageExport) => new FootageExport
        {
            TenantId = tenantId,
            Number = 1,
            Coverage = "jp",
            OperatorId = "OP0000000001",
            DeviceId = "one",
            CameraName = "",
            From = ManualTime.Start,
            To = ManualTime.Start,
            Kind = FootageKind.Video,
            State = FootageExportState.Running,
            OwnerId = Guid.NewGuid(),
            RequestedBy = "",
            OwnerName = "",
            Language = "en",
            CreatedAt = ManualTime.Start,
        },
        nameof(FootageRules) => new FootageRules { TenantId = tenantId },
        nameof(FootagePiece) => new FootagePiece
        {
            TenantId = tenantId,
            ExportId = Guid.NewGuid(),
            Number = 1,
            From = ManualTime.Start,
            To = ManualTime.Start,
            Cost = 1,
            State = FootagePieceState.Waiting,
        },
        nameof(RemoteAccessPolicy) => new RemoteAccessPolicy { TenantId = tenantId },
        nameof(RemoteAccessReading) => new RemoteAccessReading { TenantId = tenantId, Coverage = "jp", OperatorId = "OP0000000001" },
        nameof(RemoteAccessEvent) => new RemoteAccessEvent
        {
            TenantId = tenantId,
            Identity = Guid.NewGuid().ToString("N"),
            Coverage = "jp",
            OperatorId = "OP0000000001",
            At = ManualTime.Start,
            Type = "CREATED",
            Imsi = "440100000000001",
            ConnectionId = "",
            SourceAddress = "",
            DeviceAddress = "",
            SimId = "",
            SimName = "",
            Origin = RemoteEventOrigin.Elsewhere,
            OpenerName = "",
        },
        nameof(RemoteDoor) => new RemoteDoor
        {
            Id = Guid.NewGuid(),
            TenantId = tenantId,
            Coverage = "jp",
            OperatorId = "OP0000000001",
            SimId = "8942310000000000001",
            Imsi = "",
            SimName = "",
            DevicePort = 22,
            Service = "air",
            Tls = false,
            SourceRanges = "203.0.113.5/32",
            DurationSeconds = 900,
            Reason = "",
            Ticket = "",
            OpenerId = Guid.NewGuid(),
            OpenerName = "Test",
            AskedAt = ManualTime.Start,
            State = RemoteDoorState.Asked,
        },
        nameof(GroupDraft) => new GroupDraft
        {
            TenantId = tenantId,
            Coverage = "jp",
            OperatorId = "OP0000000001",
            GroupId = "one",
            OwnerId = Guid.NewGuid(),
            BaseNumber = 1,
            Origin = GroupRevisionOrigin.Written,
            Sealed = [],
            CreatedAt = ManualTime.Start,
            ChangedAt = ManualTime.Start,
            Version = 1,
        },
        nameof(SimInventory) => new SimInventory { TenantId = tenantId, Coverage = "jp", OperatorId = "OP0000000001" },
        nameof(SimJob) => new SimJob
        {
            TenantId = tenantId,
            Coverage = "jp",
            OperatorId = "OP0000000001",
            Source = SimJobSource.File,
            Actions = "",
            Needs = "",
            State = SimJobState.Planned,
            OwnerId = Guid.NewGuid(),
            OwnerName = "Test",
            Language = "en",
            CreatedAt = ManualTime.Start,
        },
        nameof(SimJobItem) => new SimJobItem { TenantId = tenantId, JobId = Guid.NewGuid(), Number = 1, SimId = "8942310000000000001", SimName = "", State = SimJobItemState.Waiting, Before = "", After = "" },
        nameof(TenantBrand) => new TenantBrand { TenantId = tenantId, Name = "Test" },
        nameof(SavedView) => new SavedView
        {
            TenantId = tenantId,
            List = SavedViewLists.Sims,
            OwnerId = await database.AddPersonAsync($"{tenantId}"),
            Name = "Test",
            Query = "",
            IsShared = true,
            CreatedAt = ManualTime.Start,
            ChangedAt = ManualTime.Start,
            Version = 1,
        },
        nameof(SimDiagnosis) => new SimDiagnosis
        {
            TenantId = tenantId,
            Coverage = "jp",
            SimId = "8942310000000000001",
            OperatorId = "OP0000000001",
            DiagnosticId = "one",
            RequestedAt = ManualTime.Start,
            RequestedBy = "Somebody",
            From = ManualTime.Start,
            To = ManualTime.Start,
        },
        nameof(InventorySim) => InventoryRow.Of(new Sim { SimId = "8942310000000000001" }, tenantId, SoracomCoverage.Japan, new Dictionary<string, string>(), ManualTime.Start),
        _ => throw new ArgumentOutOfRangeException(nameof(entity), entity, "Say here what a row of the new entity is."),
    };

    private async Task SaveAsync(Guid tenantId, object row)
    {
        await using var db = database.Database.ForTenant(tenantId);
        db.Add(row);
        await db.SaveChangesAsync(None);
    }

    private static async Task<List<Guid?>> TenantsSeenAsync(Type entity, PortalDbContext db)
    {
        await using (db)
        {
            var query = (Task<List<Guid?>>)typeof(PortalDbContextTests).GetMethod(nameof(TenantsOfAsync), System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.NonPublic)!
                .MakeGenericMethod(entity)
                .Invoke(null, [db])!;
            return await query;
        }
    }

    private static Task<List<Guid?>> TenantsOfAsync<T>(PortalDbContext db)
        where T : class => db.Set<T>().Select(row => EF.Property<Guid?>(row, "TenantId")).ToListAsync(None);
}
