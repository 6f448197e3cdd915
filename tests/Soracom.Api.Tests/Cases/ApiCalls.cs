using Soracom.Api.Tests.Contract;
using Soracom.Api.Tests.Sandbox;
using Soracom.Sandbox;

namespace Soracom.Api.Tests.Cases;

/// <summary>Calls operations of a sandbox by their ids, and holds every call and answer against the vendor's definition.</summary>
internal sealed class ApiCalls(SandboxHost host, FakeTime clock)
{
    private Pair? root;

    public SandboxHost Host => host;

    /// <summary>The small demo operator.</summary>
    public SandboxOperator Aoba => host.Aoba;

    public FakeTime Clock => clock;

    /// <summary>The operation that was called last.</summary>
    public string? Last { get; private set; }

    /// <summary>An operation that is not called: <see cref="CallWithheldException"/> brings the call instead.</summary>
    public string? Withheld { get; init; }

    /// <summary>The API key and token of Aoba's root user.</summary>
    public async Task<Pair> RootAsync() => root ??= await host.SignInAsync(Aoba);

    /// <summary>Calls an operation as Aoba's root user, or as somebody else.</summary>
    /// <param name="operation">Its id.</param>
    /// <param name="path">The values of the path's parameters in their order, not encoded.</param>
    /// <param name="query">The query without question mark, encoded.</param>
    /// <param name="body">A string as it is, or an object to be written as JSON.</param>
    /// <param name="caller">Another API key and token.</param>
    /// <param name="global">Whether to call the Global coverage.</param>
    public async Task<Reply> CallAsync(
        string operation, string[]? path = null, string query = "", object? body = null, Pair? caller = null, bool global = false)
    {
        Last = operation;
        var contract = ApiContract.Operation(operation);
        ContractAnswer.CheckQuery(contract, query);
        var call = new PreparedCall(contract, path ?? [], query, body, contract.Anonymous ? null : caller ?? await RootAsync(), global);
        Assert.Equal(contract.PathNames.Count, call.Path.Count);
        if (operation == Withheld)
        {
            throw new CallWithheldException(call);
        }

        var reply = await host.SendAsync(call.Method, call.Target, call.Caller, body, global);
        if (reply.Status < 400)
        {
            ContractAnswer.CheckBody(contract, body);
        }

        ContractAnswer.Check(contract, reply);
        return reply;
    }

    /// <summary>The id of a SIM of the Japan coverage.</summary>
    public async Task<string> AnySimAsync() => (await CallAsync("listSims", query: "limit=1")).Json[0].GetProperty("simId").GetString()!;

    /// <summary>The id of a group of the Japan coverage.</summary>
    public async Task<string> AnyGroupAsync() => (await CallAsync("listGroups", query: "limit=1")).Json[0].GetProperty("groupId").GetString()!;

    /// <summary>The id of a SIM of the Japan coverage whose device is online.</summary>
    public async Task<string> OnlineSimAsync() => (await CallAsync("searchSims", query: "session_status=ONLINE&module_type=nano")).Json[0].GetProperty("simId").GetString()!;

    /// <summary>The id of a SIM of the Japan coverage whose device is offline.</summary>
    public async Task<string> OfflineSimAsync() => (await CallAsync("searchSims", query: "session_status=OFFLINE&status=inactive")).Json[0].GetProperty("simId").GetString()!;

    /// <summary>The IMSI of a SIM of the Japan coverage.</summary>
    public async Task<string> AnyImsiAsync() =>
        (await CallAsync("listSims", query: "limit=1")).Json[0].GetProperty("profiles").EnumerateObject().First().Value.GetProperty("primaryImsi").GetString()!;
}
