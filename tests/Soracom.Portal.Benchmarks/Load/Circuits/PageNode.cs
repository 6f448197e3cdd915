namespace Soracom.Portal.Benchmarks.Load.Circuits;

/// <summary>A part of a page: an element, a text, a piece of markup, or the place of a component.</summary>
internal sealed class PageNode
{
    private Dictionary<string, string>? attributes;
    private Dictionary<string, ulong>? handlers;

    /// <summary>Name of an element; null for what is none.</summary>
    public string? Name { get; init; }

    /// <summary>The component whose place it is; null for what is none.</summary>
    public int? Component { get; init; }

    /// <summary>The text, or the markup.</summary>
    public string? Content { get; set; }

    /// <summary>What it is part of.</summary>
    public PageNode? Parent { get; private set; }

    /// <summary>Its parts.</summary>
    public List<PageNode> Children { get; } = new(0);

    /// <summary>All that is in it, itself first, in the order of the page.</summary>
    public IEnumerable<PageNode> All
    {
        get
        {
            // No iterator an element: a page has thousands of them.
            var next = new Stack<PageNode>([this]);
            while (next.TryPop(out var node))
            {
                yield return node;
                for (var index = node.Children.Count - 1; index >= 0; index--)
                {
                    next.Push(node.Children[index]);
                }
            }
        }
    }

    /// <summary>All text in it.</summary>
    public string Text => string.Concat(All.Select(node => node.Content)).Trim();

    /// <summary>The component that has drawn it.</summary>
    public int Owner => Parent is null ? throw new InvalidOperationException("Nothing has drawn it.") : Parent.Component ?? Parent.Owner;

    /// <summary>An attribute; null where there is none.</summary>
    public string? this[string attribute] => attributes?.GetValueOrDefault(attribute);

    /// <summary>Whether it has a class.</summary>
    public bool Is(string className) => this["class"] is { } classes && classes.Split(' ').Contains(className, StringComparer.Ordinal);

    /// <summary>The id of what handles an event; null where nothing does.</summary>
    public ulong? Handler(string eventAttribute) => handlers is not null && handlers.TryGetValue(eventAttribute, out var id) ? id : null;

    /// <summary>Sets an attribute, or takes it away.</summary>
    public void Set(string attribute, string? value)
    {
        if (value is null)
        {
            attributes?.Remove(attribute);
            handlers?.Remove(attribute);
        }
        else
        {
            (attributes ??= new(4, StringComparer.Ordinal))[attribute] = value;
        }
    }

    /// <summary>Sets what handles an event.</summary>
    public void Set(string eventAttribute, ulong handler) => (handlers ??= new(2, StringComparer.Ordinal))[eventAttribute] = handler;

    /// <summary>Puts a part into it.</summary>
    public void Insert(int index, PageNode child)
    {
        child.Parent = this;
        Children.Insert(index, child);
    }
}
