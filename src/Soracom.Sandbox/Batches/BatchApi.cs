using System.Text;
using System.Text.Json;
using Soracom.Sandbox.Auth;
using Soracom.Sandbox.Errors;
using Soracom.Sandbox.Http;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.Batches;

/// <summary>The operations that jobs can call, and calling them as whoever made the job.</summary>
internal sealed class BatchApi
{
    private const string Root = "/v1/";

    private static readonly (string Method, string Path)[] Callable =
    [
        ("POST", "/sims/{sim_id}/activate"),
        ("POST", "/sims/{sim_id}/deactivate"),
        ("POST", "/sims/{sim_id}/set_to_standby"),
        ("POST", "/sims/{sim_id}/suspend"),
        ("POST", "/sims/{sim_id}/set_group"),
        ("POST", "/sims/{sim_id}/unset_group"),
        ("PUT", "/sims/{sim_id}/tags"),
        ("POST", "/virtual_private_gateways/{vpg_id}/ip_address_map"),
    ];

    private readonly World world;
    private readonly Router<Operation> router = new();

    public BatchApi(World world)
    {
        this.world = world;
        var served = world.Options.Operations;
        foreach (var operation in served.Concat(Catalogue.NotServed(served, world.Options.Undocumented.NotServed)).Where(one => Callable.Contains((one.Method, one.Template))))
        {
            router.Add(operation.Method, operation.Template, operation);
        }
    }

    /// <summary>Names the operation that a request calls; null when jobs can't call it.</summary>
    public string? NameOf(string method, string path) => Match(method, path).Target is { } operation ? $"{operation.Method} {operation.Template}" : null;

    public bool IsPermitted(Call creation, string method, string path)
    {
        var match = Match(method, path);
        return match.Target is { } operation
            && (operation.NeedsNoPermission || operation.Anonymous
                || creation.Session.Permissions.Allows(operation.Permission, creation.Facts with { PathVariable = match.Values.Find }));
    }

    /// <summary>Makes the call of a task, under the account's lock.</summary>
    public BatchTask Run(BatchTask task, OperatorAccount account, Coverage coverage, string? userName, DateTimeOffset now)
    {
        var (status, answer) = Call(task, account, coverage, userName, now);
        return task with { Status = status < 400 ? "success" : "error", StatusCode = status, Answer = answer, At = now.ToUnixTimeSeconds() };
    }

    private (int Status, string? Answer) Call(BatchTask task, OperatorAccount account, Coverage coverage, string? userName, DateTimeOffset now)
    {
        try
        {
            var match = Match(task.Method, task.Path);
            var operation = match.Target ?? throw new VendorException(VendorErrors.UnknownPath);
            if (!task.IsPermitted)
            {
                throw new VendorException(VendorErrors.Forbidden, operation.Permission) { Status = world.Options.Undocumented.Forbidden };
            }

            // What the user may do was asked when the job was made; the handler only wants to know whose account it is.
            var session = new ApiSession(ApiKey: "", account, userName, PermissionSet.Everything);
            var body = new JsonBody(task.Body is null ? default : Encoding.UTF8.GetBytes(task.Body));
            return Written(operation.Handler(new Call(world, coverage, task.Path, match.Values, new QueryValues(""), body, session)
            {
                Now = now,
                Facts = new CallFacts(match.Values.Find, userName, DateOnly.FromDateTime(now.UtcDateTime), Address: null),
            }));
        }
        catch (VendorException refusal)
        {
            return Written(Answer.Error(refusal, Language.English));
        }
    }

    private static (int Status, string? Answer) Written(Answer answer)
    {
        if (answer.Json is not { } write)
        {
            return (answer.Status, null);
        }

        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            write(json);
        }

        return (answer.Status, Encoding.UTF8.GetString(buffer.ToArray()));
    }

    private RouteMatch<Operation> Match(string method, string path) =>
        router.Match(method, path.StartsWith(Root, StringComparison.Ordinal) ? path[Root.Length..].Split('/') : [""]);
}
