using Soracom.Sandbox.Analysis;
using Soracom.Sandbox.AuditLogs;
using Soracom.Sandbox.Auth;
using Soracom.Sandbox.Batches;
using Soracom.Sandbox.Billing;
using Soracom.Sandbox.CellLocations;
using Soracom.Sandbox.Credentials;
using Soracom.Sandbox.DataEntries;
using Soracom.Sandbox.Diagnostics;
using Soracom.Sandbox.Emails;
using Soracom.Sandbox.EventHandlers;
using Soracom.Sandbox.Files;
using Soracom.Sandbox.Groups;
using Soracom.Sandbox.Logs;
using Soracom.Sandbox.Napter;
using Soracom.Sandbox.Operators;
using Soracom.Sandbox.Orders;
using Soracom.Sandbox.Payments;
using Soracom.Sandbox.Query;
using Soracom.Sandbox.ResourceSummaries;
using Soracom.Sandbox.Roles;
using Soracom.Sandbox.SandboxAccounts;
using Soracom.Sandbox.Sims;
using Soracom.Sandbox.SoraCam;
using Soracom.Sandbox.Stats;
using Soracom.Sandbox.Subscribers;
using Soracom.Sandbox.SystemNotifications;
using Soracom.Sandbox.Users;
using Soracom.Sandbox.VirtualPrivateGateways;

namespace Soracom.Sandbox.Http;

/// <summary>All operations that are served, area by area.</summary>
internal static class Operations
{
    public static IReadOnlyList<Operation> All { get; } =
    [
        .. AuthOperations.All,
        .. OperatorOperations.All,
        .. UserOperations.All,
        .. RoleOperations.All,
        .. RecoveryOperations.All,
        .. CellLocationOperations.All,
        .. CredentialOperations.All,
        .. EmailOperations.All,
        .. DiagnosticOperations.All,
        .. SimOperations.All,
        .. GroupOperations.All,
        .. NapterOperations.All,
        .. AuditLogOperations.All,
        .. EventHandlerOperations.All,
        .. DataEntryOperations.All,
        .. LogOperations.All,
        .. ResourceSummaryOperations.All,
        .. SystemNotificationOperations.All,
        .. QueryOperations.All,
        .. AnalysisOperations.All,
        .. BatchOperations.All,
        .. BillingOperations.All,
        .. ExportOperations.All,
        .. FileOperations.All,
        .. PaymentOperations.All,
        .. SoraCamOperations.All,
        .. OrderOperations.All,
        .. AddressOperations.All,
        .. StatsOperations.All,
        .. SandboxAccountOperations.All,
        .. SubscriberOperations.All,
        .. VirtualPrivateGatewayOperations.All,
    ];
}
