using RestEase;
using Soracom.Api.Credentials;
using Soracom.Api.Groups;
using Soracom.Api.Http;
using Soracom.Api.Operators;
using Soracom.Api.Roles;
using Soracom.Api.Sims;
using Soracom.Api.SoraCam;
using Soracom.Api.Users;

namespace Soracom.Api;

internal sealed class SoracomClient(IRequester requester) : ISoracomClient
{
    public ICredentialsApi Credentials => field ??= Area<ICredentialsApi>.Create(requester);

    public IOperatorsApi Operators => field ??= Area<IOperatorsApi>.Create(requester);

    public ISimsApi Sims => field ??= Area<ISimsApi>.Create(requester);

    public IGroupsApi Groups => field ??= Area<IGroupsApi>.Create(requester);

    public ISoraCamApi SoraCam => field ??= Area<ISoraCamApi>.Create(requester);

    public IRolesApi Roles => field ??= Area<IRolesApi>.Create(requester);

    public IUsersApi Users => field ??= Area<IUsersApi>.Create(requester);
}
