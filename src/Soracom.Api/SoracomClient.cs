using RestEase;
using Soracom.Api.Groups;
using Soracom.Api.Http;
using Soracom.Api.Operators;
using Soracom.Api.Sims;
using Soracom.Api.SoraCam;

namespace Soracom.Api;

internal sealed class SoracomClient(IRequester requester) : ISoracomClient
{
    public IOperatorsApi Operators => field ??= Area<IOperatorsApi>.Create(requester);

    public ISimsApi Sims => field ??= Area<ISimsApi>.Create(requester);

    public IGroupsApi Groups => field ??= Area<IGroupsApi>.Create(requester);

    public ISoraCamApi SoraCam => field ??= Area<ISoraCamApi>.Create(requester);
}
