namespace Soracom.Sandbox.Http;

/// <summary>
/// Finds what answers a method and a path, segment by segment on the escaped path. A literal segment wins over a
/// parameter; <c>{name}</c> takes one segment that is not empty, <c>{name*}</c> the rest of the path, empty segments included, and
/// <c>{name*}/</c> the rest up to the slash at its end. Segments are unescaped only after the match.
/// </summary>
internal sealed class Router<T>
    where T : class
{
    private readonly Node root = new();

    public void Add(string method, string template, T target)
    {
        var node = root;
        var names = new List<string>();
        foreach (var segment in template.TrimStart('/').Split('/'))
        {
            if (segment.StartsWith('{'))
            {
                var rest = segment.EndsWith("*}", StringComparison.Ordinal);
                names.Add(segment[1..^(rest ? 2 : 1)]);
                node = rest ? node.Rest ??= new Node() : node.Parameter ??= new Node();
            }
            else
            {
                node = node.Child(segment);
            }
        }

        node.Leaves.Add(method, new Leaf(target, [.. names]));
    }

    public RouteMatch<T> Match(string method, ReadOnlySpan<string> segments)
    {
        var allowed = new SortedSet<string>(StringComparer.Ordinal);
        var captured = new List<string>();
        if (Find(root, segments, method, captured, allowed) is not { } leaf)
        {
            return new RouteMatch<T>(null, PathValues.None, allowed);
        }

        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < leaf.Names.Length; i++)
        {
            values.Add(leaf.Names[i], captured[i]);
        }

        return new RouteMatch<T>(leaf.Target, new PathValues(values), allowed);
    }

    private static Leaf? Find(Node node, ReadOnlySpan<string> segments, string method, List<string> captured, SortedSet<string> allowed)
    {
        if (segments.IsEmpty)
        {
            allowed.UnionWith(node.Leaves.Keys);
            return node.Leaves.GetValueOrDefault(method);
        }

        var segment = segments[0];
        if (node.Literals.TryGetValue(segment, out var literal)
            && Find(literal, segments[1..], method, captured, allowed) is { } exact)
        {
            return exact;
        }

        if (node.Parameter is { } parameter && segment.Length > 0)
        {
            captured.Add(segment);
            if (Find(parameter, segments[1..], method, captured, allowed) is { } leaf)
            {
                return leaf;
            }

            captured.RemoveAt(captured.Count - 1);
        }

        if (node.Rest is { } rest)
        {
            var ending = segments[^1].Length == 0 ? rest.Literals.GetValueOrDefault("") : null;
            captured.Add(string.Join('/', ending is null ? segments : segments[..^1]));
            if (Find(ending ?? rest, [], method, captured, allowed) is { } leaf)
            {
                return leaf;
            }

            captured.RemoveAt(captured.Count - 1);
        }

        return null;
    }

    private sealed record Leaf(T Target, string[] Names);

    private sealed class Node
    {
        public Dictionary<string, Node> Literals { get; } = new(StringComparer.Ordinal);

        public Dictionary<string, Leaf> Leaves { get; } = new(StringComparer.Ordinal);

        public Node? Parameter { get; set; }

        public Node? Rest { get; set; }

        public Node Child(string segment)
        {
            if (!Literals.TryGetValue(segment, out var child))
            {
                Literals.Add(segment, child = new Node());
            }

            return child;
        }
    }
}

/// <param name="Target">What answers, or null.</param>
/// <param name="Values">The path's parameters.</param>
/// <param name="Allowed">The methods known for this path; empty when the path itself is unknown.</param>
internal sealed record RouteMatch<T>(T? Target, PathValues Values, IReadOnlySet<string> Allowed)
    where T : class;
