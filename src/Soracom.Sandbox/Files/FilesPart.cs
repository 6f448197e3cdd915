using System.Text;
using System.Text.Json.Serialization;
using Soracom.Sandbox.Http;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.Files;

/// <summary>
/// Harvest Files of one coverage, in the private scope; there is nothing in the public one. Directories come with the files that are put into
/// them, and stay when those are gone.
/// </summary>
internal sealed class FilesPart() : Part<FilesPart.State>(FilesJson.Default.State)
{
    private readonly SortedDictionary<string, StoredFile> files = new(Utf8Order.Instance);

    public StoredFile? Find(string path) => files.GetValueOrDefault(path);

    /// <summary>Up to <paramref name="limit"/> files whose path begins so, after a path.</summary>
    public Page<StoredFile> FindPage(string prefix, string? after, int limit) =>
        PageOf(files.Values.Where(file => !file.IsDirectory && file.Path.StartsWith(prefix, StringComparison.Ordinal)), file => file.Path, after, limit);

    /// <summary>Up to <paramref name="limit"/> entries of a directory, after a name.</summary>
    public Page<StoredFile> ListPage(string directory, string? after, int limit) =>
        PageOf(files.Values.Where(file => file.Directory == directory), file => file.Name, after, limit);

    public bool IsEmpty(string directory) => !files.Values.Any(file => file.Directory == directory);

    /// <summary>Makes or replaces a file, with the directories that it is in.</summary>
    /// <returns>Whether there was none.</returns>
    public bool Put(string path, string contentType, byte[] content, DateTimeOffset now) => Put(path, contentType, content, made: null, now);

    /// <summary>The same with a file whose content is not kept.</summary>
    public bool Put(string path, string contentType, MadeContent made, DateTimeOffset now) => Put(path, contentType, content: null, made, now);

    public void Remove(string path) => files.Remove(path);

    /// <summary>A path as it is kept: empty segments say nothing, wherever they are.</summary>
    public static string Normal(string path) => "/" + string.Join('/', path.Split('/', StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Whether a file can be at a path: there is no directory, and none of those that lead there is a file.</summary>
    public bool Takes(string path)
    {
        if (path == "/" || Find(path) is { IsDirectory: true })
        {
            return false;
        }

        for (var slash = path.LastIndexOf('/'); slash > 0; slash = path.LastIndexOf('/', slash - 1))
        {
            if (Find(path[..slash]) is { IsDirectory: false })
            {
                return false;
            }
        }

        return true;
    }

    public override void Seed()
    {
        var start = Home.Origin.Start;
        var random = Home.Random("files");
        foreach (var (path, type, text, daysAgo) in SeededFiles.Of(Home.Coverage ?? Coverage.Japan, start, random))
        {
            Put(path, type, Encoding.UTF8.GetBytes(text), start.AddDays(-daysAgo).AddMinutes(-random.Next(600)));
        }
    }

    protected override State Save() => new([.. files.Values]);

    protected override void Load(State saved)
    {
        foreach (var file in saved.Files)
        {
            files.Add(file.Path, file);
        }
    }

    private bool Put(string path, string contentType, byte[]? content, MadeContent? made, DateTimeOffset now)
    {
        var time = now.ToUnixTimeMilliseconds();
        var before = Find(path);
        var file = new StoredFile(path, contentType, content, before?.Created ?? time, time, made);
        files[path] = file;
        for (var directory = file.Directory; directory != "/" && !files.ContainsKey(directory); directory = files[directory].Directory)
        {
            files[directory] = new StoredFile(directory, ContentType: null, Content: null, time, time);
        }

        return before is null;
    }

    private static Page<StoredFile> PageOf(IEnumerable<StoredFile> all, Func<StoredFile, string> keyOf, string? after, int limit) =>
        Page<StoredFile>.Of([.. all.Where(file => after is null || Utf8Order.Instance.Compare(keyOf(file), after) > 0).Take(limit + 1)], limit, keyOf);

    internal sealed record State(List<StoredFile> Files);
}

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(FilesPart.State))]
internal sealed partial class FilesJson : JsonSerializerContext;
