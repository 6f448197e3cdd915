using Soracom.Sandbox.Http;
using Soracom.Sandbox.SoraCam;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.Files;

/// <summary>The content of a file that would be too much to keep: made again whenever it is read, and the same each time.</summary>
/// <param name="Maker">The name of a <see cref="FileMaker"/>.</param>
/// <param name="Recipe">All that the maker has to know.</param>
/// <param name="Length">In bytes.</param>
internal sealed record MadeContent(string Maker, string Recipe, long Length);

/// <summary>Makes the content of files.</summary>
/// <param name="Name">What it is called in saved files.</param>
/// <param name="Make">Begins to make a content from its recipe, for a file of that coverage. Runs under the account's lock; what it gives does not.</param>
internal sealed record FileMaker(string Name, Func<CoverageData, string, Task<AnswerContent>> Make)
{
    private static readonly FileMaker[] All = [CameraFiles.Maker];

    public static FileMaker Of(MadeContent content) => All.First(maker => maker.Name == content.Maker);
}
