using Soracom.Api.Analysis;
using Soracom.Api.AuditLogs;
using Soracom.Api.Batches;
using Soracom.Api.Billing;
using Soracom.Api.CellLocations;
using Soracom.Api.Credentials;
using Soracom.Api.DataEntries;
using Soracom.Api.Diagnostics;
using Soracom.Api.Emails;
using Soracom.Api.EventHandlers;
using Soracom.Api.Files;
using Soracom.Api.Groups;
using Soracom.Api.Logs;
using Soracom.Api.Napter;
using Soracom.Api.Operators;
using Soracom.Api.Orders;
using Soracom.Api.Payments;
using Soracom.Api.Query;
using Soracom.Api.ResourceSummaries;
using Soracom.Api.Roles;
using Soracom.Api.SandboxAccounts;
using Soracom.Api.Sims;
using Soracom.Api.SoraCam;
using Soracom.Api.Stats;
using Soracom.Api.Subscribers;
using Soracom.Api.SystemNotifications;
using Soracom.Api.Users;
using Soracom.Api.VirtualPrivateGateways;

namespace Soracom.Api;

/// <summary>
/// The vendor's API for one account: an interface an area, a method an operation. Cheap to make, safe for concurrent use, and
/// holds nothing that needs to be disposed of. Every method throws a
/// <see cref="Errors.SoracomApiException"/> when the call fails, whatever the account's credential function throws when it can't
/// tell the credential, and <see cref="OperationCanceledException"/> only when its caller's token is cancelled.
/// </summary>
public interface ISoracomClient
{
    /// <summary>Vendor tag Analysis.</summary>
    IAnalysisApi Analysis { get; }

    /// <summary>Vendor tag AuditLog.</summary>
    IAuditLogsApi AuditLogs { get; }

    /// <summary>Vendor tag Batch.</summary>
    IBatchesApi Batches { get; }

    /// <summary>Vendor tag Billing.</summary>
    IBillingApi Billing { get; }

    /// <summary>Vendor tag CellLocation.</summary>
    ICellLocationsApi CellLocations { get; }

    /// <summary>Vendor tag Credential.</summary>
    ICredentialsApi Credentials { get; }

    /// <summary>Vendor tag DataEntry.</summary>
    IDataEntriesApi DataEntries { get; }

    /// <summary>Vendor tag Diagnostic.</summary>
    IDiagnosticsApi Diagnostics { get; }

    /// <summary>Vendor tag Email.</summary>
    IEmailsApi Emails { get; }

    /// <summary>Vendor tag EventHandler.</summary>
    IEventHandlersApi EventHandlers { get; }

    /// <summary>Vendor tags Files and FileEntry.</summary>
    IFilesApi Files { get; }

    /// <summary>Vendor tag Group.</summary>
    IGroupsApi Groups { get; }

    /// <summary>Vendor tag Log.</summary>
    ILogsApi Logs { get; }

    /// <summary>Vendor tag PortMapping.</summary>
    INapterApi Napter { get; }

    /// <summary>Vendor tag Operator.</summary>
    IOperatorsApi Operators { get; }

    /// <summary>Vendor tags Order (but for coupons and long term discounts) and ShippingAddress.</summary>
    IOrdersApi Orders { get; }

    /// <summary>Vendor tag Sim: recordings of traffic.</summary>
    IPacketCapturesApi PacketCaptures { get; }

    /// <summary>Vendor tag Payment.</summary>
    IPaymentsApi Payments { get; }

    /// <summary>Vendor tag Query, but for searchSims.</summary>
    IQueryApi Query { get; }

    /// <summary>Vendor tag ResourceSummary.</summary>
    IResourceSummariesApi ResourceSummaries { get; }

    /// <summary>Vendor tag Role.</summary>
    IRolesApi Roles { get; }

    /// <summary>The vendor's sandbox endpoints; production has none of them.</summary>
    ISandboxAccountsApi SandboxAccounts { get; }

    /// <summary>Vendor tag Sim: what is sent to devices.</summary>
    ISimMessagesApi SimMessages { get; }

    /// <summary>Vendor tag Sim: subscriptions under a SIM, and virtual SIMs.</summary>
    ISimProfilesApi SimProfiles { get; }

    /// <summary>Vendor tags Sim and, for searchSims, Query.</summary>
    ISimsApi Sims { get; }

    /// <summary>Vendor tag SoraCam.</summary>
    ISoraCamApi SoraCam { get; }

    /// <summary>Vendor tag Stats.</summary>
    IStatsApi Stats { get; }

    /// <summary>Vendor tag Subscriber: SIMs by IMSI.</summary>
    ISubscribersApi Subscribers { get; }

    /// <summary>Vendor tag SystemNotification.</summary>
    ISystemNotificationsApi SystemNotifications { get; }

    /// <summary>Vendor tag User.</summary>
    IUsersApi Users { get; }

    /// <summary>Vendor tag VirtualPrivateGateway.</summary>
    IVirtualPrivateGatewaysApi VirtualPrivateGateways { get; }
}
