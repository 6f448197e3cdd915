using Soracom.Portal.Features.Sims.Changes;

namespace Soracom.Portal.Features.Sims.Jobs.Files;

/// <summary>A line of a file.</summary>
/// <param name="Line">Its number in the file, from 1 on.</param>
/// <param name="By">The column that names the SIM.</param>
/// <param name="Id">The id that it holds.</param>
/// <param name="Changes">What is to be done, in its order; none where every cell is blank.</param>
internal sealed record FileRow(int Line, FileField By, string Id, IReadOnlyList<SimChange> Changes)
{
    /// <summary>What other columns call the SIM: they have to mean the same one.</summary>
    public IReadOnlyList<(FileField By, string Id)> Also { get; init; } = [];

    /// <summary>The coverage that it says the SIM is of; null where it does not say.</summary>
    public string? Coverage { get; init; }

    /// <summary>Cells of columns of the SIM list.</summary>
    public IReadOnlyList<FileCell> Listed { get; init; } = [];

    /// <summary>What the column expiry_action says; null where it says nothing.</summary>
    public string? ExpiryAction { get; init; }

    /// <summary>Whether it comes from the SIM list.</summary>
    public bool IsListed => Coverage is not null || Listed.Count > 0;
}

/// <summary>A cell that is not blank.</summary>
/// <param name="Column">Its column.</param>
/// <param name="Text">What it holds, without blanks around it.</param>
internal sealed record FileCell(FileColumn Column, string Text);

/// <summary>What a file holds.</summary>
/// <param name="Rows">Its lines but for the first, those that can be used.</param>
/// <param name="Problems">Everything that can't be used.</param>
internal sealed record FileContent(IReadOnlyList<FileRow> Rows, FileProblems Problems)
{
    /// <summary>Its columns; none where its first line is of no use.</summary>
    public IReadOnlyList<FileColumn> Columns { get; init; } = [];
}

/// <summary>Collects problems, and keeps the first.</summary>
internal sealed class FileProblems
{
    /// <summary>The most that are kept: nobody reads more.</summary>
    public const int MostKept = 500;

    private readonly List<FileProblem> kept = [];

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>The first, by line.</summary>
    public IReadOnlyList<FileProblem> Kept => [.. kept.OrderBy(problem => problem.Line)];

    /// <summary>Adds one.</summary>
    public void Add(FileProblem problem)
    {
        Count++;
        if (kept.Count < MostKept)
        {
            kept.Add(problem);
        }
    }
}
