using Microsoft.EntityFrameworkCore;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Credentials;
using Soracom.Portal.Data.Groups;

namespace Soracom.Portal.Data.Billing;

/// <summary>How bills are kept.</summary>
internal static class BillingModel
{
    /// <summary>Describes the tables.</summary>
    /// <param name="modelBuilder">The model.</param>
    /// <param name="ordinal">The collation that compares byte by byte.</param>
    public static void Configure(ModelBuilder modelBuilder, string ordinal)
    {
        modelBuilder.Entity<BillMonth>(entity =>
        {
            entity.HasKey(month => new { month.TenantId, month.Coverage, month.OperatorId, month.Month });
            entity.Property(month => month.Coverage).HasMaxLength(8);
            entity.Property(month => month.OperatorId).HasMaxLength(VendorCredential.OperatorIdLength);
            entity.Property(month => month.Currency).HasMaxLength(Money.CurrencyLength);
            entity.Property(month => month.PaymentStatus).HasMaxLength(BillMonth.WordLength);
            entity.Property(month => month.PaymentTransactionId).HasMaxLength(BillMonth.WordLength);
            // The same few months of many tenants.
            entity.HasIndex(month => new { month.Month, month.TenantId });
        });
        modelBuilder.Entity<BillRevision>(entity =>
        {
            entity.HasKey(revision => new { revision.TenantId, revision.Coverage, revision.OperatorId, revision.Month, revision.Number });
            entity.Property(revision => revision.Coverage).HasMaxLength(8);
            entity.Property(revision => revision.OperatorId).HasMaxLength(VendorCredential.OperatorIdLength);
            entity.Property(revision => revision.Currency).HasMaxLength(Money.CurrencyLength);
        });
        modelBuilder.Entity<BillDay>(entity =>
        {
            entity.HasKey(day => new { day.TenantId, day.Coverage, day.OperatorId, day.Day });
            entity.Property(day => day.Coverage).HasMaxLength(8);
            entity.Property(day => day.OperatorId).HasMaxLength(VendorCredential.OperatorIdLength);
            entity.Property(day => day.Currency).HasMaxLength(Money.CurrencyLength);
        });
        modelBuilder.Entity<BillLine>(entity =>
        {
            entity.HasKey(line => new { line.TenantId, line.Coverage, line.OperatorId, line.Month, line.Kind, line.Source, line.Key });
            entity.Property(line => line.Coverage).HasMaxLength(8);
            entity.Property(line => line.OperatorId).HasMaxLength(VendorCredential.OperatorIdLength);
            entity.Property(line => line.Key).HasMaxLength(BillLine.KeyLength).UseCollation(ordinal);
            entity.Property(line => line.Category).HasMaxLength(BillMonth.WordLength);
            entity.Property(line => line.Currency).HasMaxLength(Money.CurrencyLength);
            entity.Property(line => line.GroupId).HasMaxLength(InventoryGroup.IdLength);
        });
        modelBuilder.Entity<BillFile>(entity =>
        {
            entity.HasKey(file => file.Id);
            entity.Property(file => file.Id).ValueGeneratedNever();
            entity.Property(file => file.Coverage).HasMaxLength(8);
            entity.Property(file => file.OperatorId).HasMaxLength(VendorCredential.OperatorIdLength);
            entity.Property(file => file.AskedByName).HasMaxLength(AuditEntry.NameLength);
            entity.Property(file => file.Trouble).HasMaxLength(BillMonth.WordLength);
            entity.Property(file => file.VendorId).HasMaxLength(BillFile.VendorIdLength);
            entity.Property(file => file.Sha256).HasMaxLength(64);
            entity.Property(file => file.FileKey).HasMaxLength(256);
            entity.HasIndex(file => new { file.TenantId, file.Coverage, file.OperatorId, file.Month, file.Number }).IsUnique();
            // Those that are worked on, of all tenants.
            entity.HasIndex(file => new { file.State, file.NotBefore });
            entity.HasIndex(file => file.AskedById);
        });
        modelBuilder.Entity<AccountCoupon>(entity =>
        {
            entity.HasKey(coupon => new { coupon.TenantId, coupon.Coverage, coupon.OperatorId, coupon.Code });
            entity.Property(coupon => coupon.Coverage).HasMaxLength(8);
            entity.Property(coupon => coupon.OperatorId).HasMaxLength(VendorCredential.OperatorIdLength);
            entity.Property(coupon => coupon.Code).HasMaxLength(AccountCoupon.CodeLength).UseCollation(ordinal);
            entity.Property(coupon => coupon.Currency).HasMaxLength(Money.CurrencyLength);
            entity.Property(coupon => coupon.BillItem).HasMaxLength(BillLine.KeyLength);
        });
        modelBuilder.Entity<AccountDiscount>(entity =>
        {
            entity.HasKey(discount => new { discount.TenantId, discount.Coverage, discount.OperatorId, discount.ContractId });
            entity.Property(discount => discount.Coverage).HasMaxLength(8);
            entity.Property(discount => discount.OperatorId).HasMaxLength(VendorCredential.OperatorIdLength);
            entity.Property(discount => discount.ContractId).HasMaxLength(AccountDiscount.IdLength).UseCollation(ordinal);
            entity.Property(discount => discount.Currency).HasMaxLength(Money.CurrencyLength);
            entity.Property(discount => discount.PaymentType).HasMaxLength(BillMonth.WordLength);
            entity.Property(discount => discount.DiscountType).HasMaxLength(BillMonth.WordLength);
            entity.Property(discount => discount.Status).HasMaxLength(BillMonth.WordLength);
        });
        modelBuilder.Entity<AccountStatement>(entity =>
        {
            entity.HasKey(statement => new { statement.TenantId, statement.Coverage, statement.OperatorId, statement.StatementId });
            entity.Property(statement => statement.Coverage).HasMaxLength(8);
            entity.Property(statement => statement.OperatorId).HasMaxLength(VendorCredential.OperatorIdLength);
            entity.Property(statement => statement.StatementId).HasMaxLength(AccountStatement.IdLength).UseCollation(ordinal);
            entity.Property(statement => statement.Currency).HasMaxLength(Money.CurrencyLength);
            entity.Property(statement => statement.Months).HasMaxLength(AccountStatement.MonthsLength);
            entity.Property(statement => statement.OrderId).HasMaxLength(AccountStatement.IdLength);
            entity.Property(statement => statement.Method).HasMaxLength(BillMonth.WordLength);
            entity.Property(statement => statement.Instrument).HasMaxLength(BillMonth.WordLength);
        });
        modelBuilder.Entity<PaymentReading>(entity =>
        {
            entity.HasKey(reading => new { reading.TenantId, reading.Coverage });
            entity.Property(reading => reading.Coverage).HasMaxLength(8);
            entity.Property(reading => reading.OperatorId).HasMaxLength(VendorCredential.OperatorIdLength);
            entity.Property(reading => reading.CardBrand).HasMaxLength(BillMonth.WordLength);
            entity.Property(reading => reading.CardDigits).HasMaxLength(4);
            entity.Property(reading => reading.MethodError).HasMaxLength(BillMonth.WordLength);
            entity.Property(reading => reading.Payer).HasMaxLength(PaymentReading.NameLength);
            entity.Property(reading => reading.Denied).HasMaxLength(BillReading.DeniedLength);
            entity.Property(reading => reading.Failure).HasMaxLength(BillMonth.WordLength);
        });
        modelBuilder.Entity<BillReading>(entity =>
        {
            entity.HasKey(reading => new { reading.TenantId, reading.Coverage });
            entity.Property(reading => reading.Coverage).HasMaxLength(8);
            entity.Property(reading => reading.OperatorId).HasMaxLength(VendorCredential.OperatorIdLength);
            entity.Property(reading => reading.Failure).HasMaxLength(BillMonth.WordLength);
            entity.Property(reading => reading.Denied).HasMaxLength(BillReading.DeniedLength);
        });
    }
}
