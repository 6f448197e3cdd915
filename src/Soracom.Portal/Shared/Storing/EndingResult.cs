using Soracom.Portal.Security;

namespace Soracom.Portal.Shared.Storing;

/// <summary>An answer that breaks off where the right to it ends, or a file is broken: what has come is not to be taken for the whole.</summary>
/// <param name="answer">The answer.</param>
internal sealed class EndingResult(IResult answer) : IResult
{
    /// <inheritdoc />
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        try
        {
            await answer.ExecuteAsync(httpContext);
        }
        catch (Exception error) when (error is PermissionDeniedException or InvalidDataException)
        {
            httpContext.Abort();
        }
    }
}
