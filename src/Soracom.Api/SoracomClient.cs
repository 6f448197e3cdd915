using RestEase;
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
using Soracom.Api.Http;
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

internal sealed class SoracomClient(IRequester requester) : ISoracomClient
{
    public IAnalysisApi Analysis => field ??= Area<IAnalysisApi>.Create(requester);

    public IAuditLogsApi AuditLogs => field ??= Area<IAuditLogsApi>.Create(requester);

    public IBatchesApi Batches => field ??= Area<IBatchesApi>.Create(requester);

    public IBillingApi Billing => field ??= Area<IBillingApi>.Create(requester);

    public ICellLocationsApi CellLocations => field ??= Area<ICellLocationsApi>.Create(requester);

    public ICredentialsApi Credentials => field ??= Area<ICredentialsApi>.Create(requester);

    public IDataEntriesApi DataEntries => field ??= Area<IDataEntriesApi>.Create(requester);

    public IDiagnosticsApi Diagnostics => field ??= Area<IDiagnosticsApi>.Create(requester);

    public IEmailsApi Emails => field ??= Area<IEmailsApi>.Create(requester);

    public IEventHandlersApi EventHandlers => field ??= Area<IEventHandlersApi>.Create(requester);

    public IFilesApi Files => field ??= Area<IFilesApi>.Create(requester);

    public IGroupsApi Groups => field ??= Area<IGroupsApi>.Create(requester);

    public ILogsApi Logs => field ??= Area<ILogsApi>.Create(requester);

    public INapterApi Napter => field ??= Area<INapterApi>.Create(requester);

    public IOperatorsApi Operators => field ??= Area<IOperatorsApi>.Create(requester);

    public IOrdersApi Orders => field ??= Area<IOrdersApi>.Create(requester);

    public IPacketCapturesApi PacketCaptures => field ??= Area<IPacketCapturesApi>.Create(requester);

    public IPaymentsApi Payments => field ??= Area<IPaymentsApi>.Create(requester);

    public IQueryApi Query => field ??= Area<IQueryApi>.Create(requester);

    public IResourceSummariesApi ResourceSummaries => field ??= Area<IResourceSummariesApi>.Create(requester);

    public IRolesApi Roles => field ??= Area<IRolesApi>.Create(requester);

    public ISandboxAccountsApi SandboxAccounts => field ??= Area<ISandboxAccountsApi>.Create(requester);

    public ISimMessagesApi SimMessages => field ??= Area<ISimMessagesApi>.Create(requester);

    public ISimProfilesApi SimProfiles => field ??= Area<ISimProfilesApi>.Create(requester);

    public ISimsApi Sims => field ??= Area<ISimsApi>.Create(requester);

    public ISoraCamApi SoraCam => field ??= Area<ISoraCamApi>.Create(requester);

    public IStatsApi Stats => field ??= Area<IStatsApi>.Create(requester);

    public ISubscribersApi Subscribers => field ??= Area<ISubscribersApi>.Create(requester);

    public ISystemNotificationsApi SystemNotifications => field ??= Area<ISystemNotificationsApi>.Create(requester);

    public IUsersApi Users => field ??= Area<IUsersApi>.Create(requester);

    public IVirtualPrivateGatewaysApi VirtualPrivateGateways => field ??= Area<IVirtualPrivateGatewaysApi>.Create(requester);
}
