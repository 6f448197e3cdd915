using Soracom.Sandbox.AuditLogs;
using Soracom.Sandbox.Auth;
using Soracom.Sandbox.Errors;
using Soracom.Sandbox.Faults;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.Http;

/// <summary>
/// The way of a call under /v1: find the operation, count the call, let an armed fault strike, check the API key and token, the
/// rate limit and the permission, and run the handler under its account's lock.
/// </summary>
internal sealed class ApiHandler
{
    public const string Root = "/v1";

    private readonly World world;
    private readonly SandboxFaults faults;
    private readonly Router<Operation> router = new();

    public ApiHandler(World world, SandboxFaults faults)
    {
        this.world = world;
        this.faults = faults;
        foreach (var operation in world.Options.Operations.Concat(Catalogue.NotServed(world.Options.Operations, world.Options.Undocumented.NotServed)))
        {
            router.Add(operation.Method, operation.Template, operation);
        }
    }

    private UndocumentedAnswers Undocumented => world.Options.Undocumented;

    public async Task HandleAsync(Exchange exchange)
    {
        var route = router.Match(exchange.Method, exchange.Target.SegmentsBelow(Root));
        var pair = world.Sessions.Check(exchange.ApiKey, exchange.Token);
        var rate = Count(exchange, route.Target, pair.Session);
        exchange.Rate = rate;
        var fault = faults.Take(exchange.Method, exchange.Target.Path, pair.Session?.Account.OperatorId);
        if (fault is null)
        {
            await exchange.SendAsync(await AnswerAsync(exchange, route, pair, rate.Exceeded));
            return;
        }

        var isSlow = fault.Kind == SandboxFaultKind.Slow;
        if (isSlow && !fault.Afterwards)
        {
            await Task.Delay(fault.Delay, world.Clock, exchange.Cancellation);
        }

        var answer = FaultyAnswer.LetsTheCallThrough(fault) ? await AnswerAsync(exchange, route, pair, rate.Exceeded) : null;
        if (isSlow && fault.Afterwards)
        {
            await Task.Delay(fault.Delay, world.Clock, exchange.Cancellation);
        }

        await exchange.SendAsync(FaultyAnswer.Of(fault, answer, exchange.Language));
    }

    private RateState Count(Exchange exchange, Operation? operation, ApiSession? session) =>
        operation is { Anonymous: false } && session is not null
            ? world.Rates.Count(session.Account.OperatorId, exchange.Coverage, operation.RateGroup)
            : world.Rates.Count(exchange.RemoteAddress, exchange.Coverage, operation?.RateGroup ?? "");

    private async Task<Answer> AnswerAsync(Exchange exchange, RouteMatch<Operation> route, PairCheck pair, bool overLimit)
    {
        try
        {
            if (overLimit)
            {
                throw new VendorException(VendorErrors.TooManyCalls);
            }

            if (route.Target is not { } operation)
            {
                return Answer.Error(Unroutable(route), exchange.Language) with
                {
                    Allow = route.Allowed.Count == 0 ? null : string.Join(", ", route.Allowed),
                };
            }

            EnsureSignedIn(operation, pair);
            var facts = new CallFacts(route.Values.Find, pair.Session?.UserName, DateOnly.FromDateTime(world.Clock.GetUtcNow().UtcDateTime), exchange.Address);
            EnsurePermitted(operation, pair.Session, facts);
            var body = await exchange.ReadBodyAsync(operation.MaxBodyBytes ?? world.Options.MaxBodyBytes, Undocumented.BodyTooLarge);
            return Run(operation, new Call(
                world,
                exchange.Coverage,
                exchange.Target.Path,
                route.Values,
                new QueryValues(exchange.Target.Query),
                new JsonBody(body),
                operation.Anonymous ? null : pair.Session)
            {
                Facts = facts,
                ContentType = exchange.ContentType,
                Origin = exchange.Origin,
            });
        }
        catch (VendorException refusal)
        {
            return Answer.Error(refusal, exchange.Language);
        }
    }

    private static Answer Run(Operation operation, Call call)
    {
        if (operation.Anonymous)
        {
            return operation.Handler(call);
        }

        if (operation.EntersAccounts)
        {
            return OnRecord(operation, call);
        }

        return operation.Changes
            ? call.Account.Run(call.Now, changing: true, () => OnRecord(operation, call))
            : call.Account.Run(call.Now, changing: false, () => operation.Handler(call));
    }

    /// <summary>Runs what changes something, and keeps in the account that it was called.</summary>
    private static Answer OnRecord(Operation operation, Call call)
    {
        var status = StatusCodes.Status500InternalServerError;
        try
        {
            var answer = operation.Handler(call);
            status = answer.Status;
            return answer;
        }
        catch (VendorException refusal)
        {
            status = refusal.Status;
            throw;
        }
        finally
        {
            var kind = Root + operation.Template.Replace("*}", "}", StringComparison.Ordinal);
            if (operation.EntersAccounts)
            {
                call.Account.Run(call.Now, changing: true, Note);
            }
            else
            {
                Note();
            }

            bool Note()
            {
                call.Account.Part<ApiAuditPart>().Add(call.Now, kind, call.RawPath, call.Session.UserName, call.Facts.Address?.ToString(), status);
                return true;
            }
        }
    }

    private VendorException Unroutable(RouteMatch<Operation> route) => route.Allowed.Count == 0
        ? new VendorException(VendorErrors.UnknownPath) { Status = Undocumented.UnknownPath }
        : new VendorException(VendorErrors.WrongMethod) { Status = Undocumented.WrongMethod };

    private void EnsureSignedIn(Operation operation, PairCheck pair)
    {
        if (operation.Anonymous)
        {
            return;
        }

        switch (pair.State)
        {
            case PairState.Missing:
                throw new VendorException(VendorErrors.MissingPair) { Status = Undocumented.MissingPair };
            case PairState.Unknown:
                throw new VendorException(VendorErrors.InvalidPair) { Status = Undocumented.InvalidPair };
            case PairState.Expired:
                throw new VendorException(VendorErrors.ExpiredToken) { Status = operation.ExpiredTokenStatus ?? Undocumented.ExpiredToken };
            default:
                break;
        }
    }

    private void EnsurePermitted(Operation operation, ApiSession? session, CallFacts facts)
    {
        if (session is null || operation.Anonymous || operation.NeedsNoPermission)
        {
            return;
        }

        foreach (var permission in new[] { operation.Permission, operation.AlsoNeeds }.OfType<string>())
        {
            if (!session.Permissions.Allows(permission, facts))
            {
                throw new VendorException(VendorErrors.Forbidden, permission) { Status = Undocumented.Forbidden };
            }
        }
    }
}
