using System.Buffers.Binary;
using System.Text;

namespace Soracom.Portal.Benchmarks.Load.Circuits;

/// <summary>
/// What the portal draws, as it comes to the browser: little-endian numbers in records of fixed size, with the places of its parts at its end.
/// </summary>
/// <param name="bytes">The bytes.</param>
internal readonly ref struct RenderBatch(ReadOnlySpan<byte> bytes)
{
    private const int EditSize = 16, FrameSize = 20;

    private readonly ReadOnlySpan<byte> data = bytes;

    /// <summary>How many components are drawn anew.</summary>
    public int Components => Int(Part(5));

    /// <summary>How many components are gone.</summary>
    public int Gone => Int(Part(3));

    /// <summary>A component that is gone.</summary>
    public int GoneAt(int index) => Int(Part(3) + 4 + (4 * index));

    /// <summary>Which component is drawn, and the place of what changes in it.</summary>
    public (int Component, int Place, int Edits) ComponentAt(int index)
    {
        var place = Int(Part(5) + 4 + (4 * index));
        return (Int(place), place + 8, Int(place + 4));
    }

    /// <summary>One change.</summary>
    public Edit EditAt(int place, int index)
    {
        var at = place + (EditSize * index);
        return new((EditKind)Int(at), Int(at + 4), Int(at + 8), Int(at + 12));
    }

    /// <summary>One of the frames that changes refer to.</summary>
    public Frame FrameAt(int index)
    {
        var at = Part(4) + 4 + (FrameSize * index);
        return new((FrameKind)Int(at), Int(at + 4), Int(at + 8), BinaryPrimitives.ReadUInt64LittleEndian(data[(at + 12)..]));
    }

    /// <summary>A text; null for the number -1.</summary>
    public string? Text(int number)
    {
        if (number < 0)
        {
            return null;
        }

        var at = Int(Part(1) + (4 * number));
        var (length, shift) = (0, 0);
        byte digit;
        do
        {
            digit = data[at++];
            length |= (digit & 0x7f) << shift;
            shift += 7;
        }
        while ((digit & 0x80) != 0);
        return Encoding.UTF8.GetString(data.Slice(at, length));
    }

    private int Part(int fromEnd) => Int(data.Length - (4 * fromEnd));

    private int Int(int at) => BinaryPrimitives.ReadInt32LittleEndian(data[at..]);

    /// <summary>A change.</summary>
    /// <param name="Kind">What is done.</param>
    /// <param name="Sibling">To which child.</param>
    /// <param name="Frame">The frame that says how, or the child's new place.</param>
    /// <param name="Name">The number of the text that names an attribute that is taken away.</param>
    public readonly record struct Edit(EditKind Kind, int Sibling, int Frame, int Name);

    /// <summary>A frame. What its numbers mean depends on what it is.</summary>
    /// <param name="Kind">What it is.</param>
    /// <param name="First">Of elements, components and regions: how many frames belong to it, itself included. Of others: the number of a text.</param>
    /// <param name="Second">Of elements and attributes: the number of a text. Of components: the id.</param>
    /// <param name="Handler">Of attributes that are handlers of events: the id; 0 for others.</param>
    public readonly record struct Frame(FrameKind Kind, int First, int Second, ulong Handler)
    {
        /// <summary>How many frames belong to it, itself included.</summary>
        public int Length => Kind is FrameKind.Element or FrameKind.Component or FrameKind.Region ? First : 1;
    }
}

/// <summary>What a change does, by the framework's numbers.</summary>
internal enum EditKind
{
    /// <summary>Puts a new child before another.</summary>
    Insert = 1,

    /// <summary>Takes a child away.</summary>
    Remove = 2,

    /// <summary>Sets an attribute of a child.</summary>
    SetAttribute = 3,

    /// <summary>Takes an attribute of a child away.</summary>
    RemoveAttribute = 4,

    /// <summary>Gives a child another text.</summary>
    UpdateText = 5,

    /// <summary>Goes on with a child's children.</summary>
    StepIn = 6,

    /// <summary>Goes on where it was before.</summary>
    StepOut = 7,

    /// <summary>Gives a child another markup.</summary>
    UpdateMarkup = 8,

    /// <summary>Says where a child moves to.</summary>
    Move = 9,

    /// <summary>Has all moves happen at once.</summary>
    EndOfMoves = 10,
}

/// <summary>What a frame is, by the framework's numbers. All others make nothing on the page.</summary>
internal enum FrameKind
{
    /// <summary>An element; its attributes and children follow.</summary>
    Element = 1,

    /// <summary>A text.</summary>
    Text = 2,

    /// <summary>An attribute.</summary>
    Attribute = 3,

    /// <summary>The place of a component.</summary>
    Component = 4,

    /// <summary>Frames that belong together, without an element of their own.</summary>
    Region = 5,

    /// <summary>Markup.</summary>
    Markup = 8,
}
