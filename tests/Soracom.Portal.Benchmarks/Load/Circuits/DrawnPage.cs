namespace Soracom.Portal.Benchmarks.Load.Circuits;

/// <summary>The page of a circuit as a browser would have drawn it: as much of it as is needed to see what it shows and to act on it.</summary>
internal sealed class DrawnPage
{
    private readonly Dictionary<int, PageNode> components = [];
    private readonly PageNode root = new();

    /// <summary>All parts of the page, in its order.</summary>
    public IEnumerable<PageNode> All => root.All;

    /// <summary>Gives a component of the page its place.</summary>
    public void Attach(int component) => root.Insert(root.Children.Count, Place(component));

    /// <summary>Draws.</summary>
    public void Apply(RenderBatch batch)
    {
        for (var index = 0; index < batch.Components; index++)
        {
            var (component, place, edits) = batch.ComponentAt(index);
            Apply(batch, components[component], place, edits);
        }

        for (var index = 0; index < batch.Gone; index++)
        {
            components.Remove(batch.GoneAt(index));
        }
    }

    private void Apply(RenderBatch batch, PageNode component, int place, int edits)
    {
        var at = component;
        List<(int From, int To)> moves = [];
        for (var index = 0; index < edits; index++)
        {
            var edit = batch.EditAt(place, index);
            switch (edit.Kind)
            {
                case EditKind.Insert:
                    Insert(batch, at, edit.Sibling, edit.Frame);
                    break;
                case EditKind.Remove:
                    at.Children.RemoveAt(edit.Sibling);
                    break;
                case EditKind.SetAttribute:
                    Set(batch, at.Children[edit.Sibling], batch.FrameAt(edit.Frame));
                    break;
                case EditKind.RemoveAttribute:
                    at.Children[edit.Sibling].Set(batch.Text(edit.Name)!, null);
                    break;
                case EditKind.UpdateText or EditKind.UpdateMarkup:
                    at.Children[edit.Sibling].Content = batch.Text(batch.FrameAt(edit.Frame).First);
                    break;
                case EditKind.StepIn:
                    at = at.Children[edit.Sibling];
                    break;
                case EditKind.StepOut:
                    at = at.Parent!;
                    break;
                case EditKind.Move:
                    moves.Add((edit.Sibling, edit.Frame));
                    break;
                case EditKind.EndOfMoves:
                    var moved = moves.ConvertAll(move => at.Children[move.From]);
                    foreach (var (order, (_, to)) in moves.Index())
                    {
                        at.Children[to] = moved[order];
                    }

                    moves.Clear();
                    break;
                default:
                    throw new InvalidDataException($"{edit.Kind} is no change that is known.");
            }
        }
    }

    /// <summary>Puts a frame with all that belongs to it into a part of the page, and says how many children that made.</summary>
    private int Insert(RenderBatch batch, PageNode parent, int place, int frameIndex)
    {
        var frame = batch.FrameAt(frameIndex);
        switch (frame.Kind)
        {
            case FrameKind.Element:
                var element = new PageNode { Name = batch.Text(frame.Second) };
                parent.Insert(place, element);
                var inner = frameIndex + 1;
                for (; inner < frameIndex + frame.Length && batch.FrameAt(inner) is { Kind: FrameKind.Attribute } attribute; inner++)
                {
                    Set(batch, element, attribute);
                }

                InsertRange(batch, element, 0, inner, frameIndex + frame.Length);
                return 1;
            case FrameKind.Text or FrameKind.Markup:
                parent.Insert(place, new PageNode { Content = batch.Text(frame.First) });
                return 1;
            case FrameKind.Component:
                parent.Insert(place, Place(frame.Second));
                return 1;
            case FrameKind.Region:
                return InsertRange(batch, parent, place, frameIndex + 1, frameIndex + frame.Length);
            default:
                // References and names that only the framework needs.
                return 0;
        }
    }

    private int InsertRange(RenderBatch batch, PageNode parent, int place, int first, int end)
    {
        var made = 0;
        for (var index = first; index < end; index += batch.FrameAt(index).Length)
        {
            made += Insert(batch, parent, place + made, index);
        }

        return made;
    }

    private static void Set(RenderBatch batch, PageNode element, RenderBatch.Frame attribute)
    {
        var name = batch.Text(attribute.First)!;
        if (attribute.Handler > 0)
        {
            element.Set(name, attribute.Handler);
        }
        else
        {
            element.Set(name, batch.Text(attribute.Second));
        }
    }

    private PageNode Place(int component) => components[component] = new PageNode { Component = component };
}
