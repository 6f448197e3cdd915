-- Made of the model; see README.md.
SET XACT_ABORT ON;
GO
BEGIN TRANSACTION;
GO
IF SCHEMA_ID(N'portal_security') IS NULL EXEC(N'CREATE SCHEMA portal_security');
GO
DROP SECURITY POLICY IF EXISTS portal_security.TenantWall;
GO
CREATE OR ALTER FUNCTION portal_security.Reaches(@TenantId uniqueidentifier)
RETURNS TABLE
WITH SCHEMABINDING
AS
RETURN SELECT 1 AS Reached
WHERE @TenantId = CAST(SESSION_CONTEXT(N'portal.tenant') AS uniqueidentifier)
   OR CAST(SESSION_CONTEXT(N'portal.installation') AS int) = 1;
GO
CREATE SECURITY POLICY portal_security.TenantWall
    ADD FILTER PREDICATE portal_security.Reaches(TenantId) ON dbo.AccountCoupons,
    ADD BLOCK PREDICATE portal_security.Reaches(TenantId) ON dbo.AccountCoupons,
    ADD FILTER PREDICATE portal_security.Reaches(TenantId) ON dbo.AccountDiscounts,
    ADD BLOCK PREDICATE portal_security.Reaches(TenantId) ON dbo.AccountDiscounts,
    ADD FILTER PREDICATE portal_security.Reaches(TenantId) ON dbo.AccountStatements,
    ADD BLOCK PREDICATE portal_security.Reaches(TenantId) ON dbo.AccountStatements,
    ADD FILTER PREDICATE portal_security.Reaches(TenantId) ON dbo.ArchiveKeys,
    ADD BLOCK PREDICATE portal_security.Reaches(TenantId) ON dbo.ArchiveKeys,
    ADD FILTER PREDICATE portal_security.Reaches(Id) ON dbo.AuditAnchors,
    ADD BLOCK PREDICATE portal_security.Reaches(Id) ON dbo.AuditAnchors,
    ADD FILTER PREDICATE portal_security.Reaches(TenantId) ON dbo.AuditEntries,
    ADD BLOCK PREDICATE portal_security.Reaches(TenantId) ON dbo.AuditEntries,
    ADD FILTER PREDICATE portal_security.Reaches(Id) ON dbo.AuditHeads,
    ADD BLOCK PREDICATE portal_security.Reaches(Id) ON dbo.AuditHeads,
    ADD FILTER PREDICATE portal_security.Reaches(TenantId) ON dbo.BillDays,
    ADD BLOCK PREDICATE portal_security.Reaches(TenantId) ON dbo.BillDays,
    ADD FILTER PREDICATE portal_security.Reaches(TenantId) ON dbo.BillFiles,
    ADD BLOCK PREDICATE portal_security.Reaches(TenantId) ON dbo.BillFiles,
    ADD FILTER PREDICATE portal_security.Reaches(TenantId) ON dbo.BillLines,
    ADD BLOCK PREDICATE portal_security.Reaches(TenantId) ON dbo.BillLines,
    ADD FILTER PREDICATE portal_security.Reaches(TenantId) ON dbo.BillMonths,
    ADD BLOCK PREDICATE portal_security.Reaches(TenantId) ON dbo.BillMonths,
    ADD FILTER PREDICATE portal_security.Reaches(TenantId) ON dbo.BillReadings,
    ADD BLOCK PREDICATE portal_security.Reaches(TenantId) ON dbo.BillReadings,
    ADD FILTER PREDICATE portal_security.Reaches(TenantId) ON dbo.BillRevisions,
    ADD BLOCK PREDICATE portal_security.Reaches(TenantId) ON dbo.BillRevisions,
    ADD FILTER PREDICATE portal_security.Reaches(TenantId) ON dbo.CustomRoles,
    ADD BLOCK PREDICATE portal_security.Reaches(TenantId) ON dbo.CustomRoles,
    ADD FILTER PREDICATE portal_security.Reaches(TenantId) ON dbo.FootageExports,
    ADD BLOCK PREDICATE portal_security.Reaches(TenantId) ON dbo.FootageExports,
    ADD FILTER PREDICATE portal_security.Reaches(TenantId) ON dbo.FootagePieces,
    ADD BLOCK PREDICATE portal_security.Reaches(TenantId) ON dbo.FootagePieces,
    ADD FILTER PREDICATE portal_security.Reaches(TenantId) ON dbo.FootageRules,
    ADD BLOCK PREDICATE portal_security.Reaches(TenantId) ON dbo.FootageRules,
    ADD FILTER PREDICATE portal_security.Reaches(TenantId) ON dbo.GroupDrafts,
    ADD BLOCK PREDICATE portal_security.Reaches(TenantId) ON dbo.GroupDrafts,
    ADD FILTER PREDICATE portal_security.Reaches(TenantId) ON dbo.GroupExclusions,
    ADD BLOCK PREDICATE portal_security.Reaches(TenantId) ON dbo.GroupExclusions,
    ADD FILTER PREDICATE portal_security.Reaches(TenantId) ON dbo.GroupGrants,
    ADD BLOCK PREDICATE portal_security.Reaches(TenantId) ON dbo.GroupGrants,
    ADD FILTER PREDICATE portal_security.Reaches(TenantId) ON dbo.GroupRevisions,
    ADD BLOCK PREDICATE portal_security.Reaches(TenantId) ON dbo.GroupRevisions,
    ADD FILTER PREDICATE portal_security.Reaches(TenantId) ON dbo.InventoryGroups,
    ADD BLOCK PREDICATE portal_security.Reaches(TenantId) ON dbo.InventoryGroups,
    ADD FILTER PREDICATE portal_security.Reaches(TenantId) ON dbo.InventorySims,
    ADD BLOCK PREDICATE portal_security.Reaches(TenantId) ON dbo.InventorySims,
    ADD FILTER PREDICATE portal_security.Reaches(TenantId) ON dbo.Invitations,
    ADD BLOCK PREDICATE portal_security.Reaches(TenantId) ON dbo.Invitations,
    ADD FILTER PREDICATE portal_security.Reaches(TenantId) ON dbo.OutgoingMails,
    ADD BLOCK PREDICATE portal_security.Reaches(TenantId) ON dbo.OutgoingMails,
    ADD FILTER PREDICATE portal_security.Reaches(TenantId) ON dbo.PaymentReadings,
    ADD BLOCK PREDICATE portal_security.Reaches(TenantId) ON dbo.PaymentReadings,
    ADD FILTER PREDICATE portal_security.Reaches(TenantId) ON dbo.RemoteAccessEvents,
    ADD BLOCK PREDICATE portal_security.Reaches(TenantId) ON dbo.RemoteAccessEvents,
    ADD FILTER PREDICATE portal_security.Reaches(TenantId) ON dbo.RemoteAccessPolicies,
    ADD BLOCK PREDICATE portal_security.Reaches(TenantId) ON dbo.RemoteAccessPolicies,
    ADD FILTER PREDICATE portal_security.Reaches(TenantId) ON dbo.RemoteAccessReadings,
    ADD BLOCK PREDICATE portal_security.Reaches(TenantId) ON dbo.RemoteAccessReadings,
    ADD FILTER PREDICATE portal_security.Reaches(TenantId) ON dbo.RemoteDoors,
    ADD BLOCK PREDICATE portal_security.Reaches(TenantId) ON dbo.RemoteDoors,
    ADD FILTER PREDICATE portal_security.Reaches(TenantId) ON dbo.SavedViews,
    ADD BLOCK PREDICATE portal_security.Reaches(TenantId) ON dbo.SavedViews,
    ADD FILTER PREDICATE portal_security.Reaches(TenantId) ON dbo.SimDiagnoses,
    ADD BLOCK PREDICATE portal_security.Reaches(TenantId) ON dbo.SimDiagnoses,
    ADD FILTER PREDICATE portal_security.Reaches(TenantId) ON dbo.SimInventories,
    ADD BLOCK PREDICATE portal_security.Reaches(TenantId) ON dbo.SimInventories,
    ADD FILTER PREDICATE portal_security.Reaches(TenantId) ON dbo.SimJobItems,
    ADD BLOCK PREDICATE portal_security.Reaches(TenantId) ON dbo.SimJobItems,
    ADD FILTER PREDICATE portal_security.Reaches(TenantId) ON dbo.SimJobs,
    ADD BLOCK PREDICATE portal_security.Reaches(TenantId) ON dbo.SimJobs,
    ADD FILTER PREDICATE portal_security.Reaches(TenantId) ON dbo.TenantBrands,
    ADD BLOCK PREDICATE portal_security.Reaches(TenantId) ON dbo.TenantBrands,
    ADD FILTER PREDICATE portal_security.Reaches(TenantId) ON dbo.TenantDataKeys,
    ADD BLOCK PREDICATE portal_security.Reaches(TenantId) ON dbo.TenantDataKeys,
    ADD FILTER PREDICATE portal_security.Reaches(TenantId) ON dbo.TenantMembers,
    ADD BLOCK PREDICATE portal_security.Reaches(TenantId) ON dbo.TenantMembers,
    ADD FILTER PREDICATE portal_security.Reaches(TenantId) ON dbo.VendorCredentials,
    ADD BLOCK PREDICATE portal_security.Reaches(TenantId) ON dbo.VendorCredentials
WITH (STATE = ON, SCHEMABINDING = ON);
GO
COMMIT;
GO
