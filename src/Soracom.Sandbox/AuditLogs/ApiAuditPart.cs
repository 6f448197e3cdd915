using System.Text.Json.Serialization;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.AuditLogs;

/// <summary>A call that changed something, or tried to.</summary>
/// <param name="Time">In Unix milliseconds.</param>
/// <param name="Kind">The path with its parameters' names.</param>
/// <param name="Path">The path as it was called.</param>
/// <param name="UserName">Empty for the root user.</param>
/// <param name="Address">Where it came from.</param>
/// <param name="Status">What it answered.</param>
internal sealed record ApiCall(long Time, string Kind, string Path, string UserName, string Address, int Status);

/// <summary>
/// The calls of an account that change something, of both coverages. The real service has reading calls on record as well; here they would
/// make a change of every look at something.
/// </summary>
internal sealed class ApiAuditPart() : Part<ApiAuditState>(ApiAuditStateJson.Default.ApiAuditState)
{
    private const int Remembered = 120;

    private static readonly string[] Kinds =
    [
        "/v1/groups", "/v1/port_mappings", "/v1/event_handlers", "/v1/files/private/firmware/latest.bin", "/v1/credentials/{credentials_id}",
        "/v1/operators/{operator_id}/users/{user_name}/auth_keys", "/v1/operators/{operator_id}/token",
    ];

    public TimeLog<ApiCall> Log { get; } = new(call => call.Time);

    public void Add(DateTimeOffset now, string kind, string path, string? userName, string? address, int status) =>
        Log.Add(new ApiCall(Log.TimeAt(now), kind, path, userName ?? "", address ?? "", status));

    /// <summary>A month of calls, by nobody's addresses.</summary>
    public override void Seed()
    {
        var random = Home.Random("calls");
        var time = Home.Origin.Start.AddDays(-30);
        for (var i = 0; i < Remembered; i++)
        {
            time = time.AddMinutes(random.Next(10, 700));
            if (time >= Home.Origin.Start)
            {
                return;
            }

            var kind = random.Pick(Kinds);
            var path = kind.Replace("{operator_id}", Home.Account.OperatorId, StringComparison.Ordinal)
                .Replace("{user_name}", "portal", StringComparison.Ordinal)
                .Replace("{credentials_id}", "aws-kinesis", StringComparison.Ordinal);
            Add(time, kind, path, random.Chance(60) ? "portal" : "", $"198.51.100.{random.Next(70, 80)}", random.Chance(92) ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
        }
    }

    protected override ApiAuditState Save() => new([.. Log.Entries]);

    protected override void Load(ApiAuditState saved) => saved.Calls.ForEach(Log.Add);
}

/// <param name="Calls">The oldest first.</param>
internal sealed record ApiAuditState(List<ApiCall> Calls);

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(ApiAuditState))]
internal sealed partial class ApiAuditStateJson : JsonSerializerContext;
