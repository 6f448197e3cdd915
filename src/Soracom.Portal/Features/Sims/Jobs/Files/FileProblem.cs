using Soracom.Portal.Shared.Errors;

namespace Soracom.Portal.Features.Sims.Jobs.Files;

/// <summary>Something in a file that can't be used.</summary>
/// <param name="Line">The line, from 1 on; 0 for the file as a whole.</param>
/// <param name="Key">Names its text in the resources: <c>JobFile.Key</c>.</param>
/// <param name="Arguments">What the text speaks of.</param>
public sealed record FileProblem(int Line, string Key, params IReadOnlyList<string> Arguments)
{
    /// <summary>What a change says of its values, whose text is that error's.</summary>
    public InputError? Wrong { get; init; }
}

/// <summary>A file has lines that can't be used; nothing was planned.</summary>
/// <param name="Problems">The first of them, by line.</param>
/// <param name="Count">How many there are in all.</param>
public sealed record FileProblemsError(IReadOnlyList<FileProblem> Problems, int Count) : PortalError("JobFile");
