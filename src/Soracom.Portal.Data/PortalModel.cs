using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Soracom.Portal.Data.Audit;
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

/// <summary>What the tables look like: lengths, keys and indexes. Whose rows are whose is said by <see cref="PortalDbContext"/> for all of them alike.</summary>
internal static class PortalModel
{
    /// <summary>Describes every table.</summary>
    /// <param name="modelBuilder">The model.</param>
    /// <param name="ordinal">The provider's collation that compares byte by byte.</param>
    public static void Configure(ModelBuilder modelBuilder, string ordinal)
    {
        modelBuilder.Entity<Reseller>(entity =>
        {
            entity.Property(reseller => reseller.Slug).HasMaxLength(Tenant.SlugLength);
            entity.Property(reseller => reseller.Name).HasMaxLength(Reseller.NameLength);
            entity.HasIndex(reseller => reseller.Slug).IsUnique();
        });
        modelBuilder.Entity<ResellerBrand>(entity =>
        {
            entity.HasKey(brand => brand.ResellerId);
            entity.HasOne<Reseller>().WithOne().HasForeignKey<ResellerBrand>(brand => brand.ResellerId).OnDelete(DeleteBehavior.Cascade);
            Describe(entity);
        });
        modelBuilder.Entity<TenantBrand>(entity =>
        {
            entity.HasKey(brand => brand.TenantId);
            Describe(entity);
        });
        modelBuilder.Entity<ResellerAdministrator>().HasKey(administrator => new { administrator.ResellerId, administrator.PersonId });
        modelBuilder.Entity<Tenant>(entity =>
        {
            entity.Property(tenant => tenant.Slug).HasMaxLength(Tenant.SlugLength);
            entity.Property(tenant => tenant.Name).HasMaxLength(Tenant.NameLength);
            entity.Property(tenant => tenant.TimeZone).HasMaxLength(Tenant.TimeZoneLength);
            entity.Property(tenant => tenant.DelegatedBy).HasMaxLength(AuditEntry.NameLength);
            entity.Property(tenant => tenant.SuspendedBy).HasMaxLength(AuditEntry.NameLength);
            entity.Property(tenant => tenant.SuspendedFor).HasMaxLength(Tenant.ReasonLength);
            entity.Property(tenant => tenant.Coverages).HasMaxLength(16);
            entity.Property(tenant => tenant.Language).HasMaxLength(8);
            entity.HasIndex(tenant => tenant.Slug).IsUnique();
            entity.HasOne(tenant => tenant.Reseller).WithMany().OnDelete(DeleteBehavior.Restrict);
        });
        modelBuilder.Entity<TenantMember>(entity =>
        {
            entity.HasKey(member => new { member.TenantId, member.PersonId });
            entity.HasIndex(member => member.PersonId);
            // Of the same tenant, and never taken from under a member. A tenant that goes takes both along.
            entity.HasOne(member => member.CustomRole).WithMany()
                .HasForeignKey(member => new { member.TenantId, member.CustomRoleId })
                .OnDelete(DeleteBehavior.NoAction);
            entity.HasOne(member => member.GroupGrant).WithMany()
                .HasForeignKey(member => new { member.TenantId, member.GroupGrantId })
                .OnDelete(DeleteBehavior.NoAction);
        });
        modelBuilder.Entity<GroupGrant>(entity =>
        {
            entity.HasKey(grant => new { grant.TenantId, grant.Id });
            entity.Property(grant => grant.Id).ValueGeneratedNever();
            entity.Property(grant => grant.Issuer).HasMaxLength(Person.IssuerLength).UseCollation(ordinal);
            entity.Property(grant => grant.GroupId).HasMaxLength(GroupGrant.GroupIdLength).UseCollation(ordinal);
            entity.Property(grant => grant.Label).HasMaxLength(GroupGrant.LabelLength);
            entity.HasIndex(grant => new { grant.TenantId, grant.Issuer, grant.GroupId }).IsUnique();
            // Looked for over all tenants: what the groups of whoever signs in give.
            entity.HasIndex(grant => new { grant.Issuer, grant.GroupId });
            entity.HasOne(grant => grant.CustomRole).WithMany()
                .HasForeignKey(grant => new { grant.TenantId, grant.CustomRoleId })
                .OnDelete(DeleteBehavior.NoAction);
        });
        modelBuilder.Entity<GroupExclusion>().HasKey(exclusion => new { exclusion.TenantId, exclusion.PersonId });
        modelBuilder.Entity<PersonGroups>(entity =>
        {
            entity.HasKey(groups => groups.PersonId);
            entity.HasOne(groups => groups.Person).WithOne().HasForeignKey<PersonGroups>(groups => groups.PersonId);
        });
        modelBuilder.Entity<CustomRole>(entity =>
        {
            entity.HasKey(role => new { role.TenantId, role.Id });
            entity.Property(role => role.Id).ValueGeneratedNever();
            entity.Property(role => role.Name).HasMaxLength(CustomRole.NameLength);
            entity.Property(role => role.Permissions).HasMaxLength(CustomRole.PermissionsLength);
        });
        modelBuilder.Entity<Invitation>(entity =>
        {
            entity.Property(invitation => invitation.Id).ValueGeneratedNever();
            entity.Property(invitation => invitation.Email).HasMaxLength(Invitation.EmailLength);
            entity.Property(invitation => invitation.CodeHash).HasMaxLength(32);
            entity.Property(invitation => invitation.InviterName).HasMaxLength(AuditEntry.NameLength);
            entity.Property(invitation => invitation.Language).HasMaxLength(8);
            entity.HasIndex(invitation => invitation.CodeHash).IsUnique();
        });
        modelBuilder.Entity<OutgoingMail>(entity =>
        {
            entity.Property(mail => mail.Id).ValueGeneratedNever();
            entity.Property(mail => mail.Recipient).HasMaxLength(OutgoingMail.RecipientLength);
            entity.HasIndex(mail => new { mail.TenantId, mail.ObjectId });
            // Looked for over all tenants: what is to be sent.
            entity.HasIndex(mail => new { mail.State, mail.NextAt });
        });
        modelBuilder.Entity<Person>(entity =>
        {
            entity.Property(person => person.Issuer).HasMaxLength(Person.IssuerLength).UseCollation(ordinal);
            entity.Property(person => person.Subject).HasMaxLength(Person.SubjectLength).UseCollation(ordinal);
            entity.Property(person => person.Name).HasMaxLength(AuditEntry.NameLength);
            entity.Property(person => person.Email).HasMaxLength(320);
            entity.Property(person => person.Language).HasMaxLength(8);
            entity.Property(person => person.TimeZone).HasMaxLength(Tenant.TimeZoneLength);
            entity.HasIndex(person => new { person.Issuer, person.Subject }).IsUnique();
        });
        modelBuilder.Entity<SignInSession>(entity =>
        {
            entity.Property(session => session.Address).HasMaxLength(64);
            entity.Property(session => session.Provider).HasMaxLength(SignInSession.ProviderLength);
            entity.Property(session => session.UserAgent).HasMaxLength(SignInSession.UserAgentLength);
            entity.HasIndex(session => session.PersonId);
        });
        modelBuilder.Entity<VendorCredential>(entity =>
        {
            entity.Property(credential => credential.Coverage).HasMaxLength(8);
            entity.Property(credential => credential.OperatorId).HasMaxLength(VendorCredential.OperatorIdLength);
            entity.Property(credential => credential.StoredBy).HasMaxLength(AuditEntry.NameLength);
            entity.Property(credential => credential.Version).IsConcurrencyToken();
            entity.HasIndex(credential => new { credential.TenantId, credential.Coverage }).IsUnique();
        });
        modelBuilder.Entity<TenantDataKey>(entity =>
        {
            entity.HasKey(key => new { key.TenantId, key.Number });
            entity.Property(key => key.Revision).IsConcurrencyToken();
        });
        modelBuilder.Entity<SimInventory>(entity =>
        {
            entity.HasKey(inventory => new { inventory.TenantId, inventory.Coverage });
            entity.Property(inventory => inventory.Coverage).HasMaxLength(8);
            entity.Property(inventory => inventory.OperatorId).HasMaxLength(VendorCredential.OperatorIdLength);
            entity.Property(inventory => inventory.Failure).HasMaxLength(32);
        });
        modelBuilder.Entity<InventorySim>(entity =>
        {
            entity.HasKey(sim => new { sim.TenantId, sim.Coverage, sim.SimId });
            entity.Property(sim => sim.Coverage).HasMaxLength(8);
            entity.Property(sim => sim.SimId).HasMaxLength(InventorySim.IdLength);
            // Readers ask for what has changed since they looked.
            entity.HasIndex(sim => new { sim.TenantId, sim.Coverage, sim.ChangeNumber });
            entity.Property(sim => sim.GroupId).HasMaxLength(InventoryGroup.IdLength);
            entity.Property(sim => sim.Status).HasMaxLength(InventorySim.StatusLength);
        });
        modelBuilder.Entity<InventoryGroup>(entity =>
        {
            entity.HasKey(group => new { group.TenantId, group.Coverage, group.OperatorId, group.GroupId });
            entity.Property(group => group.Coverage).HasMaxLength(8);
            entity.Property(group => group.OperatorId).HasMaxLength(VendorCredential.OperatorIdLength);
            entity.Property(group => group.GroupId).HasMaxLength(InventoryGroup.IdLength);
            entity.Property(group => group.WrittenBy).HasMaxLength(AuditEntry.NameLength);
        });
        modelBuilder.Entity<GroupRevision>(entity =>
        {
            entity.Property(revision => revision.Coverage).HasMaxLength(8);
            entity.Property(revision => revision.OperatorId).HasMaxLength(VendorCredential.OperatorIdLength);
            entity.Property(revision => revision.GroupId).HasMaxLength(InventoryGroup.IdLength);
            entity.Property(revision => revision.ByName).HasMaxLength(AuditEntry.NameLength);
            entity.Property(revision => revision.Source).HasMaxLength(InventoryGroup.IdLength);
            entity.HasIndex(revision => new { revision.TenantId, revision.Coverage, revision.OperatorId, revision.GroupId, revision.Number }).IsUnique();
        });
        modelBuilder.Entity<GroupDraft>(entity =>
        {
            entity.Property(draft => draft.Coverage).HasMaxLength(8);
            entity.Property(draft => draft.OperatorId).HasMaxLength(VendorCredential.OperatorIdLength);
            entity.Property(draft => draft.GroupId).HasMaxLength(InventoryGroup.IdLength);
            entity.Property(draft => draft.Source).HasMaxLength(InventoryGroup.IdLength);
            entity.Property(draft => draft.Version).IsConcurrencyToken();
            entity.HasIndex(draft => new { draft.TenantId, draft.Coverage, draft.OperatorId, draft.GroupId, draft.OwnerId }).IsUnique();
        });
        modelBuilder.Entity<ArchiveKey>().HasIndex(key => new { key.TenantId, key.Version }).IsUnique();
        modelBuilder.Entity<FootageExport>(entity =>
        {
            entity.Property(export => export.Coverage).HasMaxLength(8);
            entity.Property(export => export.OperatorId).HasMaxLength(VendorCredential.OperatorIdLength);
            entity.Property(export => export.DeviceId).HasMaxLength(FootageExport.DeviceIdLength);
            entity.Property(export => export.AudioCodec).HasMaxLength(FootagePiece.WordLength);
            entity.Property(export => export.HarvestFolder).HasMaxLength(FootageExport.HarvestFolderLength);
            entity.Property(export => export.Reason).HasMaxLength(FootageExport.ReasonLength);
            entity.Property(export => export.RequestedBy).HasMaxLength(AuditEntry.NameLength);
            entity.Property(export => export.OwnerName).HasMaxLength(AuditEntry.NameLength);
            entity.Property(export => export.PausedBy).HasMaxLength(AuditEntry.NameLength);
            entity.Property(export => export.Language).HasMaxLength(8);
            entity.Property(export => export.Trouble).HasMaxLength(FootagePiece.WordLength);
            entity.HasIndex(export => new { export.TenantId, export.Number }).IsUnique();
            // Looked for over all tenants: what is under way, and what there is of a camera.
            entity.HasIndex(export => export.State);
            entity.HasIndex(export => export.OwnerId);
            entity.HasIndex(export => new { export.OperatorId, export.DeviceId });
        });
        modelBuilder.Entity<FootagePiece>(entity =>
        {
            entity.HasKey(piece => new { piece.TenantId, piece.ExportId, piece.Number });
            entity.Property(piece => piece.VendorId).HasMaxLength(FootagePiece.WordLength);
            entity.Property(piece => piece.Recorded).HasMaxLength(FootagePiece.RecordedLength);
            entity.Property(piece => piece.ListedBefore).HasMaxLength(FootagePiece.ListedLength);
            entity.Property(piece => piece.Sha256).HasMaxLength(FootagePiece.WordLength);
            entity.Property(piece => piece.Reason).HasMaxLength(FootagePiece.WordLength);
            entity.HasIndex(piece => new { piece.TenantId, piece.ExportId, piece.State, piece.Number });
        });
        modelBuilder.Entity<FootageRules>(entity =>
        {
            entity.HasKey(rules => rules.TenantId);
            entity.Property(rules => rules.TenantId).ValueGeneratedNever();
        });
        modelBuilder.Entity<RemoteDoor>(entity =>
        {
            entity.Property(door => door.Id).ValueGeneratedNever();
            entity.Property(door => door.Coverage).HasMaxLength(8);
            entity.Property(door => door.OperatorId).HasMaxLength(VendorCredential.OperatorIdLength);
            entity.Property(door => door.SimId).HasMaxLength(InventorySim.IdLength);
            entity.Property(door => door.Imsi).HasMaxLength(InventorySim.IdLength);
            entity.Property(door => door.Service).HasMaxLength(8);
            entity.Property(door => door.SourceRanges).HasMaxLength(RemoteDoor.RangesLength);
            entity.Property(door => door.EntriesBefore).HasMaxLength(RemoteDoor.EntriesLength);
            entity.Property(door => door.Reason).HasMaxLength(RemoteDoor.ReasonLength);
            entity.Property(door => door.Ticket).HasMaxLength(RemoteDoor.TicketLength);
            entity.Property(door => door.OpenerName).HasMaxLength(AuditEntry.NameLength);
            entity.Property(door => door.IpAddress).HasMaxLength(RemoteDoor.WordLength);
            entity.Property(door => door.Hostname).HasMaxLength(RemoteDoor.HostLength);
            entity.Property(door => door.EndedByName).HasMaxLength(AuditEntry.NameLength);
            entity.Property(door => door.Trouble).HasMaxLength(RemoteDoor.WordLength);
            entity.HasIndex(door => new { door.TenantId, door.AskedAt });
            // Looked for over all tenants: what is open, or may be.
            entity.HasIndex(door => door.State);
            entity.HasIndex(door => door.OpenerId);
        });
        modelBuilder.Entity<RemoteAccessPolicy>(entity =>
        {
            entity.HasKey(policy => policy.TenantId);
            entity.Property(policy => policy.TenantId).ValueGeneratedNever();
            entity.Property(policy => policy.DevicePorts).HasMaxLength(RemoteAccessPolicy.PortsLength);
            entity.Property(policy => policy.SourceRanges).HasMaxLength(RemoteDoor.RangesLength);
            entity.Property(policy => policy.TicketPattern).HasMaxLength(RemoteAccessPolicy.PatternLength);
            entity.Property(policy => policy.ChangedBy).HasMaxLength(AuditEntry.NameLength);
            entity.Property(policy => policy.Version).IsConcurrencyToken();
        });
        modelBuilder.Entity<RemoteAccessEvent>(entity =>
        {
            entity.Property(happened => happened.Identity).HasMaxLength(RemoteAccessEvent.IdentityLength);
            entity.Property(happened => happened.Coverage).HasMaxLength(8);
            entity.Property(happened => happened.OperatorId).HasMaxLength(VendorCredential.OperatorIdLength);
            entity.Property(happened => happened.Type).HasMaxLength(RemoteAccessEvent.WordLength);
            entity.Property(happened => happened.Imsi).HasMaxLength(RemoteAccessEvent.WordLength);
            entity.Property(happened => happened.ConnectionId).HasMaxLength(RemoteAccessEvent.WordLength);
            entity.Property(happened => happened.SourceAddress).HasMaxLength(RemoteAccessEvent.WordLength);
            entity.Property(happened => happened.DeviceAddress).HasMaxLength(RemoteAccessEvent.WordLength);
            entity.Property(happened => happened.SimId).HasMaxLength(InventorySim.IdLength);
            entity.Property(happened => happened.OpenerName).HasMaxLength(AuditEntry.NameLength);
            entity.HasIndex(happened => new { happened.TenantId, happened.Identity }).IsUnique();
            entity.HasIndex(happened => new { happened.TenantId, happened.At });
            entity.HasIndex(happened => new { happened.TenantId, happened.DoorId });
        });
        modelBuilder.Entity<RemoteAccessReading>(entity =>
        {
            entity.HasKey(reading => new { reading.TenantId, reading.Coverage });
            entity.Property(reading => reading.Coverage).HasMaxLength(8);
            entity.Property(reading => reading.OperatorId).HasMaxLength(VendorCredential.OperatorIdLength);
            entity.Property(reading => reading.Failure).HasMaxLength(RemoteAccessEvent.WordLength);
        });
        modelBuilder.Entity<SimJob>(entity =>
        {
            entity.Property(job => job.Coverage).HasMaxLength(8);
            entity.Property(job => job.OperatorId).HasMaxLength(VendorCredential.OperatorIdLength);
            entity.Property(job => job.FileName).HasMaxLength(SimJob.FileNameLength);
            entity.Property(job => job.OwnerName).HasMaxLength(AuditEntry.NameLength);
            entity.Property(job => job.Language).HasMaxLength(8);
            entity.Property(job => job.Trouble).HasMaxLength(SimJobItem.WordLength);
            entity.Ignore(job => job.Settled);
            entity.HasIndex(job => new { job.TenantId, job.Number });
            // Looked for over all tenants: what is under way.
            entity.HasIndex(job => job.State);
            entity.HasIndex(job => job.OwnerId);
        });
        modelBuilder.Entity<SimJobItem>(entity =>
        {
            entity.HasKey(item => new { item.TenantId, item.JobId, item.Number });
            entity.Property(item => item.SimId).HasMaxLength(InventorySim.IdLength);
            entity.Property(item => item.Reason).HasMaxLength(SimJobItem.WordLength);
            // The next that wait, and lists by what came of them.
            entity.HasIndex(item => new { item.TenantId, item.JobId, item.State, item.Number });
        });
        modelBuilder.Entity<SimDiagnosis>(entity =>
        {
            entity.Property(diagnosis => diagnosis.Coverage).HasMaxLength(8);
            entity.Property(diagnosis => diagnosis.SimId).HasMaxLength(InventorySim.IdLength);
            entity.Property(diagnosis => diagnosis.OperatorId).HasMaxLength(VendorCredential.OperatorIdLength);
            entity.Property(diagnosis => diagnosis.DiagnosticId).HasMaxLength(SimDiagnosis.VendorIdLength);
            entity.Property(diagnosis => diagnosis.RequestedBy).HasMaxLength(AuditEntry.NameLength);
            entity.HasIndex(diagnosis => new { diagnosis.TenantId, diagnosis.Coverage, diagnosis.SimId, diagnosis.RequestedAt });
        });
        modelBuilder.Entity<SavedView>(entity =>
        {
            entity.Property(view => view.List).HasMaxLength(32);
            entity.Property(view => view.Name).HasMaxLength(SavedView.NameLength);
            entity.Property(view => view.Query).HasMaxLength(SavedView.QueryLength);
            entity.Property(view => view.Version).IsConcurrencyToken();
            entity.HasIndex(view => new { view.TenantId, view.List, view.OwnerId });
        });
        modelBuilder.Entity<KeyRingKey>().Property(key => key.Name).HasMaxLength(200);
        modelBuilder.Entity<KeyStore>().Property(store => store.Id).ValueGeneratedNever();
        modelBuilder.Entity<AuditHead>(entity =>
        {
            entity.ToTable("AuditHeads");
            entity.Property(head => head.Id).ValueGeneratedNever();
            entity.Property(head => head.Hash).HasMaxLength(32);
        });
        modelBuilder.Entity<AuditAnchor>(entity =>
        {
            entity.ToTable("AuditAnchors", table => table.HasTrigger("AuditAnchors_Forward"));
            entity.Property(anchor => anchor.Id).ValueGeneratedNever();
            entity.Property(anchor => anchor.Hash).HasMaxLength(32);
        });
        modelBuilder.Entity<AuditEntry>(entity =>
        {
            entity.ToTable(table => table.HasTrigger("AuditEntries_AppendOnly"));
            entity.Property(entry => entry.ActorName).HasMaxLength(AuditEntry.NameLength);
            entity.Property(entry => entry.Address).HasMaxLength(64);
            entity.Property(entry => entry.Action).HasMaxLength(AuditEntry.ActionLength);
            entity.Property(entry => entry.ObjectId).HasMaxLength(AuditEntry.NameLength);
            entity.Property(entry => entry.ObjectName).HasMaxLength(AuditEntry.NameLength);
            entity.Property(entry => entry.RequestId).HasMaxLength(64);
            entity.Property(entry => entry.Detail).HasMaxLength(2000);
            entity.Property(entry => entry.OnBehalfOf).HasMaxLength(AuditEntry.NameLength);
            entity.Property(entry => entry.Before).HasMaxLength(AuditEntry.ValueLength);
            entity.Property(entry => entry.After).HasMaxLength(AuditEntry.ValueLength);
            entity.Property(entry => entry.Reason).HasMaxLength(AuditEntry.ReasonLength);
            entity.Property(entry => entry.VendorRequestId).HasMaxLength(AuditEntry.VendorRequestIdLength);
            entity.Property(entry => entry.Hash).HasMaxLength(32);
            entity.HasIndex(entry => new { entry.TenantId, entry.Number });
            entity.HasIndex(entry => new { entry.TenantId, entry.Id });
            entity.HasIndex(entry => new { entry.ActorId, entry.Id });
            // What was done to one SIM, among all that was done to the others.
            entity.HasIndex(entry => new { entry.TenantId, entry.ObjectId, entry.Id });
        });
    }

    private static void Describe<T>(EntityTypeBuilder<T> entity)
        where T : Brand
    {
        entity.Property(brand => brand.Name).HasMaxLength(Brand.NameLength);
        entity.Property(brand => brand.Accent).HasMaxLength(Brand.AccentLength);
        entity.Property(brand => brand.SupportMail).HasMaxLength(Brand.SupportLength);
        entity.Property(brand => brand.SupportAddress).HasMaxLength(Brand.SupportLength);
        entity.HasIndex(brand => brand.LogoId);
    }
}
