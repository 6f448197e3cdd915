using Soracom.Sandbox.Errors;
using Soracom.Sandbox.Http;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.Downloads;

/// <summary>Serves files under /_files, outside the API: to anybody who has the address, while it is good.</summary>
internal sealed class DownloadHandler(World world)
{
    // Players in a browser fetch from another origin than their page's.
    private static readonly (string Name, string Value) ForAnyPage = ("Access-Control-Allow-Origin", "*");

    public async Task HandleAsync(Exchange exchange)
    {
        Answer answer;
        try
        {
            answer = Find(exchange);
        }
        catch (VendorException refusal)
        {
            answer = Answer.Error(refusal, exchange.Language);
        }

        await exchange.SendAsync(answer with { Headers = [.. answer.Headers, ForAnyPage] });
    }

    private Answer Find(Exchange exchange)
    {
        var now = world.Clock.GetUtcNow();
        if (exchange.Method is not ("GET" or "HEAD")
            || world.Links.Read(exchange.Target.SegmentsBelow(SignedLinks.Root), now) is not { } file
            || world.Options.Downloads.FirstOrDefault(kind => kind.Name == file.Kind) is not { } kind
            || world.Find(file.OperatorId) is not { } account)
        {
            throw new VendorException(VendorErrors.BadLink);
        }

        return account.Run(now, changing: false, () => kind.Handler(new Download(world, account, file.Coverage, file.Key, now)));
    }
}
