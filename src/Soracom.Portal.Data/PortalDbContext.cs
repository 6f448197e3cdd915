using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Billing;
using Soracom.Portal.Data.Credentials;
using Soracom.Portal.Data.Exports;
using Soracom.Portal.Data.Groups;
using Soracom.Portal.Data.Jobs;
using Soracom.Portal.Data.KeyRing;
using Soracom.Portal.Data.Mail;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Data.RemoteAccess;
using Soracom.Portal.Data.Sessions;
using Soracom.Portal.Data.Sims;
using Soracom.Portal.Data.Tenants;
using Soracom.Portal.Data.Views;

namespace Soracom.Portal.Data;

/// <summary>
/// The portal's database as one tenant, or the installation itself, sees it. Made per operation by
/// <see cref="PortalDatabase"/>.
/// </summary>
public sealed class PortalDbContext : DbContext
{
    /// <summary>Name of the query filter that keeps tenants apart.</summary>
    public const string TenantFilter = "tenant";

    // The query filters read this field of the context at hand. A captured local would freeze the first tenant's id
    // into the model, which Entity Framework builds once for all contexts.
    private readonly Guid? tenantId;

    internal PortalDbContext(DbContextOptions<PortalDbContext> options, Guid? tenantId, bool seesOthers = false)
        : base(options)
    {
        this.tenantId = tenantId;
        Wall = seesOthers ? null : tenantId;
        ChangeTracker.LazyLoadingEnabled = false;
    }

    /// <summary>The tenant whose rows alone a query of this context may reach, past its filter too; null where it may reach others'.</summary>
    internal Guid? Wall { get; }

    /// <summary>Partners.</summary>
    public DbSet<Reseller> Resellers => Set<Reseller>();

    /// <summary>How the portal looks to the people of a reseller's tenants.</summary>
    public DbSet<ResellerBrand> ResellerBrands => Set<ResellerBrand>();

    /// <summary>How it looks to a tenant's people.</summary>
    public DbSet<TenantBrand> TenantBrands => Set<TenantBrand>();

    /// <summary>Partners' administrators.</summary>
    public DbSet<ResellerAdministrator> ResellerAdministrators => Set<ResellerAdministrator>();

    /// <summary>Tenants.</summary>
    public DbSet<Tenant> Tenants => Set<Tenant>();

    /// <summary>Members of this tenant.</summary>
    public DbSet<TenantMember> TenantMembers => Set<TenantMember>();

    /// <summary>The roles that tenants made for themselves.</summary>
    public DbSet<CustomRole> CustomRoles => Set<CustomRole>();

    /// <summary>Which groups of identity providers give which roles.</summary>
    public DbSet<GroupGrant> GroupGrants => Set<GroupGrant>();

    /// <summary>Whom no group lets in.</summary>
    public DbSet<GroupExclusion> GroupExclusions => Set<GroupExclusion>();

    /// <summary>Which groups people are in, as of their last sign-in.</summary>
    public DbSet<PersonGroups> PersonGroups => Set<PersonGroups>();

    /// <summary>Invitations to become a member.</summary>
    public DbSet<Invitation> Invitations => Set<Invitation>();

    /// <summary>This tenant's mails: those that are to be sent, and what became of the others.</summary>
    public DbSet<OutgoingMail> OutgoingMails => Set<OutgoingMail>();

    /// <summary>People who have signed in.</summary>
    public DbSet<Person> People => Set<Person>();

    /// <summary>Sign-in sessions.</summary>
    public DbSet<SignInSession> SignInSessions => Set<SignInSession>();

    /// <summary>This tenant's credentials.</summary>
    public DbSet<VendorCredential> VendorCredentials => Set<VendorCredential>();

    /// <summary>This tenant's data keys.</summary>
    public DbSet<TenantDataKey> TenantDataKeys => Set<TenantDataKey>();

    /// <summary>What people had this tenant's SIMs looked at for.</summary>
    public DbSet<SimDiagnosis> SimDiagnoses => Set<SimDiagnosis>();

    /// <summary>How this tenant's inventories of SIMs stand, one a coverage.</summary>
    public DbSet<SimInventory> SimInventories => Set<SimInventory>();

    /// <summary>This tenant's SIMs as they were last seen.</summary>
    public DbSet<InventorySim> InventorySims => Set<InventorySim>();

    /// <summary>This tenant's jobs over many SIMs.</summary>
    public DbSet<SimJob> SimJobs => Set<SimJob>();

    /// <summary>What this tenant's jobs do to which SIM.</summary>
    public DbSet<SimJobItem> SimJobItems => Set<SimJobItem>();

    /// <summary>Views of this tenant's lists that people have saved, private ones included.</summary>
    public DbSet<SavedView> SavedViews => Set<SavedView>();

    /// <summary>This tenant's groups as they were last seen.</summary>
    public DbSet<InventoryGroup> InventoryGroups => Set<InventoryGroup>();

    /// <summary>The configurations that this tenant's groups have had.</summary>
    public DbSet<GroupRevision> GroupRevisions => Set<GroupRevision>();

    /// <summary>What this tenant's people are about to set for groups; each is its owner's alone.</summary>
    public DbSet<GroupDraft> GroupDrafts => Set<GroupDraft>();

    /// <summary>This tenant's key for what it keeps for long.</summary>
    public DbSet<ArchiveKey> ArchiveKeys => Set<ArchiveKey>();

    /// <summary>This tenant's exports of footage.</summary>
    public DbSet<FootageExport> FootageExports => Set<FootageExport>();

    /// <summary>The pieces of this tenant's exports of footage.</summary>
    public DbSet<FootagePiece> FootagePieces => Set<FootagePiece>();

    /// <summary>This tenant's rules for its exports of footage.</summary>
    public DbSet<FootageRules> FootageRules => Set<FootageRules>();

    /// <summary>The doors to this tenant's devices that were asked for here.</summary>
    public DbSet<RemoteDoor> RemoteDoors => Set<RemoteDoor>();

    /// <summary>This tenant's rules for opening doors to its devices.</summary>
    public DbSet<RemoteAccessPolicy> RemoteAccessPolicies => Set<RemoteAccessPolicy>();

    /// <summary>What happened at doors to this tenant's devices, as the vendor tells it.</summary>
    public DbSet<RemoteAccessEvent> RemoteAccessEvents => Set<RemoteAccessEvent>();

    /// <summary>How far this tenant's logs of remote access have been read.</summary>
    public DbSet<RemoteAccessReading> RemoteAccessReadings => Set<RemoteAccessReading>();

    /// <summary>What this tenant's months cost.</summary>
    public DbSet<BillMonth> BillMonths => Set<BillMonth>();

    /// <summary>The amounts that this tenant's final bills have had.</summary>
    public DbSet<BillRevision> BillRevisions => Set<BillRevision>();

    /// <summary>What this tenant's days cost.</summary>
    public DbSet<BillDay> BillDays => Set<BillDay>();

    /// <summary>What bill items and SIMs cost this tenant by the month.</summary>
    public DbSet<BillLine> BillLines => Set<BillLine>();

    /// <summary>The coupons of this tenant's accounts.</summary>
    public DbSet<AccountCoupon> AccountCoupons => Set<AccountCoupon>();

    /// <summary>The long term discounts of this tenant's accounts.</summary>
    public DbSet<AccountDiscount> AccountDiscounts => Set<AccountDiscount>();

    /// <summary>The statements of payments of this tenant's accounts.</summary>
    public DbSet<AccountStatement> AccountStatements => Set<AccountStatement>();

    /// <summary>How far this tenant's payments have been read.</summary>
    public DbSet<PaymentReading> PaymentReadings => Set<PaymentReading>();

    /// <summary>Detailed files of months.</summary>
    public DbSet<BillFile> BillFiles => Set<BillFile>();

    /// <summary>How far this tenant's bills have been read.</summary>
    public DbSet<BillReading> BillReadings => Set<BillReading>();

    /// <summary>The installation's key ring.</summary>
    public DbSet<KeyRingKey> KeyRing => Set<KeyRingKey>();

    /// <summary>Which store holds the halves of tenants' data keys.</summary>
    public DbSet<KeyStore> KeyStores => Set<KeyStore>();

    /// <summary>The audit trail: of this tenant, or of the installation where the context has no tenant.</summary>
    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();

    /// <summary>The rows of a kind that this context may reach: every tenant's where nothing walls it in, else its own tenant's.</summary>
    /// <typeparam name="T">What a row is.</typeparam>
    /// <returns>The rows; the query says whose it asks for.</returns>
    public IQueryable<T> Reachable<T>()
        where T : class => Wall is null ? Set<T>().IgnoreQueryFilters([TenantFilter]) : Set<T>();

    /// <inheritdoc />
    public override int SaveChanges(bool acceptAllChangesOnSuccess)
    {
        GuardChanges();
        return NewEntries().Count == 0 ? base.SaveChanges(acceptAllChangesOnSuccess) : throw new InvalidOperationException("Audit entries are chained by SaveChangesAsync.");
    }

    /// <inheritdoc />
    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        GuardChanges();
        var entries = NewEntries();
        if (entries.Count == 0)
        {
            return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        }

        if (Database.CurrentTransaction is not null)
        {
            await AuditChain.LinkAsync(this, entries, cancellationToken);
            return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        }

        // What the entries tell of, the entries and their place in the chain: all of it or nothing.
        var saved = await Database.CreateExecutionStrategy().ExecuteAsync(
            async token =>
            {
                await using var transaction = await Database.BeginTransactionAsync(token);
                await AuditChain.LinkAsync(this, entries, token);
                var written = await base.SaveChangesAsync(acceptAllChangesOnSuccess: false, token);
                await transaction.CommitAsync(token);
                return written;
            },
            cancellationToken);
        if (acceptAllChangesOnSuccess)
        {
            ChangeTracker.AcceptAllChanges();
        }

        return saved;
    }

    /// <summary>Inserts many new rows of this tenant, at the latest when the context is saved.</summary>
    /// <typeparam name="T">What a row is.</typeparam>
    /// <param name="rows">The rows.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>A task that ends when they are inserted, or wait for the context to be saved; in the transaction that there is.</returns>
    /// <exception cref="ForeignTenantException">A row belongs to another tenant; nothing was inserted.</exception>
    public async Task InsertAsync<T>(IReadOnlyCollection<T> rows, CancellationToken cancellationToken)
        where T : class, ITenantOwned
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.Any(row => row.TenantId != tenantId))
        {
            throw new ForeignTenantException($"{typeof(T).Name} belongs to another tenant than this context.");
        }

        if (Database.IsSqlite())
        {
            await SqliteRows.InsertAsync(this, rows, cancellationToken);
        }
        else
        {
            // SQL Server gets them in batches, with what else waits.
            AddRange(rows);
        }
    }

    /// <inheritdoc />
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        ArgumentNullException.ThrowIfNull(configurationBuilder);
        configurationBuilder.Properties<Enum>().HaveConversion<string>().HaveMaxLength(32);
        configurationBuilder.Properties<decimal>().HavePrecision(ScaledDecimalConverter.Digits, ScaledDecimalConverter.Decimals);
        if (Database.IsSqlite())
        {
            // SQLite has no such type and would order its text form by the local part.
            configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcTicksConverter>();
            configurationBuilder.Properties<decimal>().HaveConversion<ScaledDecimalConverter>();
        }
    }

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        ArgumentNullException.ThrowIfNull(modelBuilder);
        // Subjects are compared byte by byte; SQL Server's default collation would take "abc" and "ABC" for one person.
        var ordinal = Database.IsSqlServer() ? "Latin1_General_100_BIN2" : "BINARY";
        PortalModel.Configure(modelBuilder, ordinal);
        BillingModel.Configure(modelBuilder, ordinal);
        foreach (var type in modelBuilder.Model.GetEntityTypes().Select(entity => entity.ClrType).ToList())
        {
            KeepApart(modelBuilder, type);
        }
    }

    private void KeepApart(ModelBuilder modelBuilder, Type type)
    {
        if (type.IsAssignableTo(typeof(ITenantOwned)))
        {
            Invoke(nameof(FilterOwned));
        }
        else if (type.IsAssignableTo(typeof(IMayBeTenantOwned)))
        {
            Invoke(nameof(FilterMaybeOwned));
        }
        else if (!Attribute.IsDefined(type, typeof(InstallationWideAttribute)))
        {
            throw new InvalidOperationException($"{type.Name} must say whose it is: ITenantOwned, IMayBeTenantOwned or [InstallationWide].");
        }

        void Invoke(string method) => GetType()
            .GetMethod(method, System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.NonPublic)!
            .MakeGenericMethod(type)
            .Invoke(this, [modelBuilder]);
    }

    private EntityTypeBuilder<T> FilterOwned<T>(ModelBuilder modelBuilder)
        where T : class, ITenantOwned
    {
        var entity = modelBuilder.Entity<T>();
        entity.HasOne<Tenant>().WithMany().HasForeignKey(owned => owned.TenantId);
        return entity.HasQueryFilter(TenantFilter, owned => owned.TenantId == tenantId);
    }

    private EntityTypeBuilder<T> FilterMaybeOwned<T>(ModelBuilder modelBuilder)
        where T : class, IMayBeTenantOwned =>
        modelBuilder.Entity<T>().HasQueryFilter(TenantFilter, owned => owned.TenantId == tenantId);

    private List<AuditEntry> NewEntries() => [.. ChangeTracker.Entries<AuditEntry>().Where(entry => entry.State == EntityState.Added).Select(entry => entry.Entity)];

    private void GuardChanges()
    {
        ChangeTracker.DetectChanges();
        foreach (var entry in ChangeTracker.Entries().Where(entry => entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted))
        {
            if (entry.Entity is ITenantOwned owned && owned.TenantId != tenantId)
            {
                throw new ForeignTenantException($"{entry.Metadata.ClrType.Name} belongs to another tenant than this context.");
            }

            if (entry.Entity is IMayBeTenantOwned maybe && maybe.TenantId != tenantId)
            {
                throw new ForeignTenantException($"{entry.Metadata.ClrType.Name} belongs to another tenant than this context.");
            }

            if (entry.Entity is AuditEntry && entry.State != EntityState.Added)
            {
                throw new InvalidOperationException("Audit entries are never changed or removed.");
            }
        }
    }
}
