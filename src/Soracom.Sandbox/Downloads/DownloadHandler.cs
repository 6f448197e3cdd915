using System.Globalization;
using Soracom.Sandbox.Errors;
using Soracom.Sandbox.Faults;
using Soracom.Sandbox.Http;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.Downloads;

/// <summary>Serves files under /_files, outside the API: to anybody who has the address, while it is good, and unless an armed fault strikes.</summary>
internal sealed class DownloadHandler(World world, SandboxFaults faults)
{
    // Players in a browser fetch from another origin than their page's.
    private static readonly (string Name, string Value)[] ForAnyPage =
        [("Access-Control-Allow-Origin", "*"), ("Access-Control-Expose-Headers", "Accept-Ranges, Content-Length, Content-Range, ETag")];

    public async Task HandleAsync(Exchange exchange)
    {
        var fault = faults.Take(exchange.Method, exchange.Target.Path, operatorId: null);
        if (fault?.Kind == SandboxFaultKind.Slow)
        {
            await Task.Delay(fault.Delay, world.Clock, exchange.Cancellation);
        }

        var found = fault is null || FaultyAnswer.LetsTheCallThrough(fault) ? await AnswerAsync(exchange) : null;
        var answer = fault is null ? found! : FaultyAnswer.Of(fault, found, exchange.Language);
        await exchange.SendAsync(answer with { Headers = [.. answer.Headers, .. ForAnyPage] });
    }

    private async Task<Answer> AnswerAsync(Exchange exchange)
    {
        try
        {
            return await RangedAsync(Find(exchange), exchange);
        }
        catch (VendorException refusal)
        {
            return Answer.Error(refusal, exchange.Language);
        }
    }

    /// <summary>The part of a file that the caller wants, where that is not all of it.</summary>
    private static async Task<Answer> RangedAsync(Answer answer, Exchange exchange)
    {
        if (answer.Content is not { } content)
        {
            return answer;
        }

        var whole = answer with { Headers = [.. answer.Headers, ("Accept-Ranges", "bytes")] };
        if (ByteRange.Parse(exchange.Range) is not { } range || !IsStill(answer, exchange.IfRange))
        {
            return whole;
        }

        content = content.Prepare is { } prepare ? await prepare(exchange.Cancellation) : content;
        if (content is { Write: not null, Length: null })
        {
            // A list that is written as it goes: how long it is shows at its end.
            content = new AnswerContent(content.Type, await content.ReadAsync(exchange.Cancellation));
        }

        var length = content.Length ?? content.Bytes.Length;
        if (range.Of(length) is not var (start, count))
        {
            return Answer.Error(new VendorException(VendorErrors.BadRange), exchange.Language) with
            {
                Headers = [("Accept-Ranges", "bytes"), ("Content-Range", string.Create(CultureInfo.InvariantCulture, $"bytes */{length}"))],
            };
        }

        return whole with
        {
            Status = StatusCodes.Status206PartialContent,
            Content = content.Slice(start, count),
            Headers = [.. whole.Headers, ("Content-Range", string.Create(CultureInfo.InvariantCulture, $"bytes {start}-{start + count - 1}/{length}"))],
        };
    }

    /// <summary>Whether the file is the one that the caller has a part of; there are no times to tell it by.</summary>
    private static bool IsStill(Answer answer, string ifRange) => ifRange.Length == 0 || answer.Headers.Contains(("ETag", ifRange));

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
