using Soracom.Sandbox.Errors;

namespace Soracom.Sandbox.Http;

/// <summary>
/// Method and path of every operation that the vendor has. What no area serves says so, rather than that there is nothing:
/// a client that calls it is right, and would not find out why it is refused.
/// </summary>
internal static class Catalogue
{
    public static IReadOnlyList<(string Method, string Path)> All { get; } = Read();

    /// <summary>Stands in for the operations that are not served.</summary>
    /// <param name="served">Those that are.</param>
    /// <param name="status">The status that the rest answers.</param>
    public static IEnumerable<Operation> NotServed(IEnumerable<Operation> served, int status)
    {
        var known = served.Select(operation => (operation.Method, operation.Template.Replace("*}", "}", StringComparison.Ordinal))).ToHashSet();
        return All.Where(one => !known.Contains(one)).Select(one => new Operation(one.Method, one.Path, "", "", _ => throw Refusal(status)) { Anonymous = true });
    }

    private static VendorException Refusal(int status) => new(VendorErrors.NotServed) { Status = status };

    private static List<(string Method, string Path)> Read()
    {
        using var reader = new StreamReader(typeof(Catalogue).Assembly.GetManifestResourceStream("catalogue.tsv")!);
        var all = new List<(string Method, string Path)>();
        while (reader.ReadLine() is { } line)
        {
            var tab = line.IndexOf('\t', StringComparison.Ordinal);
            all.Add((line[..tab], line[(tab + 1)..]));
        }

        return all;
    }
}
