using Soracom.Sandbox.Http;

namespace Soracom.Sandbox.Files;

/// <summary>The tag Files, and what every operation answers that exports something to a file.</summary>
internal static class ExportOperations
{
    public static IReadOnlyList<Operation> All { get; } =
    [
        new("GET", "/files/exported/{exported_file_id}", "getExportedFile", "Files:getExportedFile", Get),
    ];

    /// <summary>
    /// Exports a file as <c>export_mode</c> says: at once with its address, or with an id to ask for it by. Nothing is written before it is
    /// downloaded, so the key has to say all that its content depends on.
    /// </summary>
    /// <param name="call">The call.</param>
    /// <param name="kind">The name of a <see cref="Downloads.DownloadKind"/>.</param>
    /// <param name="key">What the file is to that kind.</param>
    public static Answer Export(Call call, string kind, string key)
    {
        if (call.Query.Choice("export_mode", "sync", "sync", "async") == "sync")
        {
            var url = Url(call, kind, key);
            return Answer.Ok(json =>
            {
                json.WriteStartObject();
                json.WriteString("url", url);
                json.WriteEndObject();
            });
        }

        var id = call.Data.Part<ExportsPart>().Begin(kind, key, call.Now);
        return Answer.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteString("exportedFileId", id);
            json.WriteString("exportedFilePath", $"//files/exported/{id}");
            json.WriteEndObject();
        });
    }

    private static Answer Get(Call call)
    {
        var export = call.Data.Part<ExportsPart>().Find(call.Path["exported_file_id"]) ?? throw new Errors.VendorException(FileErrors.NoSuchExport);
        var url = call.Now >= export.Ready ? Url(call, export.Kind, export.Key) : null;
        return Answer.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteString("status", url is null ? "processing" : "exported");
            if (url is not null)
            {
                json.WriteString("url", url);
            }

            json.WriteEndObject();
        });
    }

    private static string Url(Call call, string kind, string key) => call.Link(kind, key, call.Options.Undocumented.ExportedFileLife);
}
