using Soracom.Sandbox.Errors;
using Soracom.Sandbox.Http;

namespace Soracom.Sandbox.ResourceSummaries;

/// <summary>The tag ResourceSummary.</summary>
internal static class ResourceSummaryOperations
{
    private const string SimsPerStatus = "simsPerStatus";

    private static readonly VendorError NoSuchSummary = new(404, "RSM9001",
        "There is no such summary.", "指定されたサマリーは存在しません。");

    private static readonly string[] Statuses = ["ready", "active", "inactive", "standby", "suspended"];

    public static IReadOnlyList<Operation> All { get; } =
    [
        new("GET", "/resource_summaries/{resource_summary_type}", "getResourceSummary", "ResourceSummary:getResourceSummary", Get),
    ];

    private static Answer Get(Call call)
    {
        if (call.Path["resource_summary_type"] != SimsPerStatus)
        {
            throw new VendorException(NoSuchSummary);
        }

        var counts = call.Data.Sims(_ => true).CountBy(sim => sim.Status).ToDictionary(StringComparer.Ordinal);
        var now = call.Now.ToUnixTimeMilliseconds();
        return Answer.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteString("resourceSummaryType", SimsPerStatus);
            json.WriteStartArray("resourceSummaryItems");
            json.WriteStartObject();
            json.WriteStartArray("dimensions");
            json.WriteEndArray();
            json.WriteNumber("updatedTime", now);
            json.WriteStartArray("values");
            foreach (var status in Statuses)
            {
                json.WriteStartObject();
                json.WriteString("name", $"{status}Sims");
                json.WriteNumber("value", counts.GetValueOrDefault(status));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        });
    }
}
