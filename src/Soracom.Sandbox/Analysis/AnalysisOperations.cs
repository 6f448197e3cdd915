using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Soracom.Sandbox.Downloads;
using Soracom.Sandbox.Errors;
using Soracom.Sandbox.Http;

namespace Soracom.Sandbox.Analysis;

/// <summary>The tag Analysis.</summary>
internal static class AnalysisOperations
{
    private const int LongestSql = 10_000;

    /// <summary>Results; the key is the query's id.</summary>
    public static DownloadKind Result { get; } = new("analysis", Download);

    public static IReadOnlyList<Operation> All { get; } =
    [
        new("GET", "/analysis/schemas", "getAnalysisSchemas", "Analysis:getAnalysisSchemas", Schemas),
        new("POST", "/analysis/queries", "startAnalysisQueries", "Analysis:startAnalysisQueries", Start),
        new("GET", "/analysis/queries/{query_id}", "getAnalysisQueries", "Analysis:getAnalysisQueries", Get),
    ];

    private static Answer Schemas(Call call) => Answer.Ok(json =>
    {
        json.WriteStartArray();
        foreach (var table in AnalysisTable.All)
        {
            json.WriteStartObject();
            json.WriteString("name", table.Name);
            Write(json, table.Columns, withDescriptions: true);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    private static Answer Start(Call call)
    {
        var fields = call.Body.Object();
        var sql = fields.RequiredText("sql");
        var present = call.Now.ToUnixTimeSeconds();
        var from = fields.Integer("from", 0, 253_402_300_799) ?? 0;
        var to = fields.Integer("to", 0, 253_402_300_799) ?? present;
        if (sql.Length > LongestSql)
        {
            throw SqlLexer.Refused($"more than {LongestSql} characters");
        }

        if (from > to)
        {
            throw new VendorException(AnalysisErrors.BadPeriod);
        }

        var query = SqlQuery.Parse(sql);
        var rows = query.Run(query.Table.Rows(call.Data, new Period(from * 1000, to * 1000)));
        var csv = Csv(query.Columns, rows);
        var run = new AnalysisRun(Guid.NewGuid().ToString("N"), present, [.. query.Columns], rows.Count, csv.Length, Compress(csv));
        call.Data.Part<AnalysisPart>().Add(run);
        return Answer.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteString("queryId", run.Id);
            json.WriteEndObject();
        });
    }

    private static Answer Get(Call call)
    {
        var run = call.Data.Part<AnalysisPart>().Find(call.Path["query_id"]) ?? throw new VendorException(AnalysisErrors.NoSuchQuery);
        var status = (call.Now.ToUnixTimeSeconds() - run.Started) switch
        {
            < AnalysisPart.RunningAfter => "STARTING",
            < AnalysisPart.ExportingAfter => "RUNNING",
            < AnalysisPart.CompletedAfter => "EXPORTING",
            _ => "COMPLETED",
        };
        var url = status == "COMPLETED" ? call.Link(Result.Name, $"{run.Id}/{run.Id}.csv.gz", call.Options.Undocumented.ExportedFileLife) : null;
        return Answer.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteString("status", status);
            json.WriteNumber("usedExecCount", run.UsedExecCount);
            if (url is not null)
            {
                json.WriteString("url", url);
                json.WriteNumber("rowCount", run.Rows);
                json.WriteNumber("fileSize", run.Compressed.Length);
                json.WriteNumber("uncompressedFileSize", run.Length);
                json.WriteNumber("sqlExecTime", AnalysisPart.ExportingAfter - AnalysisPart.RunningAfter);
                json.WriteNumber("sqlExportTime", AnalysisPart.CompletedAfter - AnalysisPart.ExportingAfter);
                Write(json, run.Columns, withDescriptions: false);
            }

            json.WriteEndObject();
        });
    }

    private static Answer Download(Download download)
    {
        var id = download.Key.Split('/')[0];
        var run = download.Account.Data(download.Coverage).Part<AnalysisPart>().Find(id) ?? throw new VendorException(VendorErrors.BadLink);
        return Answer.Bytes("application/gzip", run.Compressed) with { Headers = [("Content-Disposition", $"attachment; filename=\"{id}.csv.gz\"")] };
    }

    private static void Write(Utf8JsonWriter json, IReadOnlyList<AnalysisColumn> columns, bool withDescriptions)
    {
        json.WriteStartArray("columnInfo");
        foreach (var column in columns)
        {
            json.WriteStartObject();
            json.WriteString("name", column.Name);
            json.WriteString("type", column.Type);
            json.WriteString("databaseType", column.DatabaseType);
            if (withDescriptions)
            {
                json.WriteString("description", column.Description);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static byte[] Csv(IReadOnlyList<AnalysisColumn> columns, IReadOnlyList<object?[]> rows)
    {
        var text = new StringBuilder().AppendJoin(',', columns.Select(column => column.Name)).Append('\n');
        foreach (var row in rows)
        {
            text.AppendJoin(',', row.Select(value => Quoted(SqlValues.Text(value)))).Append('\n');
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static string Quoted(string value) =>
        value.AsSpan().IndexOfAny(",\"\r\n") < 0 ? value : $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static byte[] Compress(byte[] content)
    {
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Fastest))
        {
            gzip.Write(content);
        }

        return buffer.ToArray();
    }
}
