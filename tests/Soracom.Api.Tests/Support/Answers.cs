using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Soracom.Api.Tests.Support;

/// <summary>What a <see cref="ScriptedVendor"/> can answer.</summary>
internal static class Answers
{
    public static RequestDelegate Json(int status, object? body, params (string Name, string Value)[] headers) =>
        Text(status, "application/json", JsonSerializer.Serialize(body), headers);

    public static RequestDelegate Error(int status, string code, string message, params (string Name, string Value)[] headers) =>
        Json(status, new { code, message }, headers);

    public static RequestDelegate Empty(int status, params (string Name, string Value)[] headers) => Text(status, null, "", headers);

    public static RequestDelegate Html(int status) => Text(status, "text/html", "<html><body><h1>Bad gateway</h1></body></html>");

    public static RequestDelegate Text(int status, string? type, string text, params (string Name, string Value)[] headers) => async context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        foreach (var (name, value) in headers)
        {
            context.Response.Headers.Append(name, value);
        }

        if (text.Length > 0)
        {
            await context.Response.WriteAsync(text, Encoding.UTF8, context.RequestAborted);
        }
    };

    public static (string Name, string Value)[] Rate(int limit, int remaining, int seconds) =>
    [
        ("x-soracom-ratelimit-limit", limit.ToString(CultureInfo.InvariantCulture)),
        ("x-soracom-ratelimit-remaining", remaining.ToString(CultureInfo.InvariantCulture)),
        ("x-soracom-ratelimit-seconds-before-refresh", seconds.ToString(CultureInfo.InvariantCulture)),
    ];

    /// <summary>Cuts the connection before an answer.</summary>
    public static Task Cut(HttpContext context)
    {
        context.Abort();
        return Task.CompletedTask;
    }

    /// <summary>
    /// Begins a JSON array of some length, and ends the connection within it. Where less is sent than announced, the server delivers that
    /// and closes; aborting could drop it too.
    /// </summary>
    public static Task CutWithin(HttpContext context)
    {
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = 1000;
        return context.Response.WriteAsync("""[{"simId":"8981100000000000001",""", context.RequestAborted);
    }

    /// <summary>Doesn't answer until the caller has gone.</summary>
    public static async Task Hang(HttpContext context)
    {
        var gone = new TaskCompletionSource();
        await using var registration = context.RequestAborted.Register(gone.SetResult);
        await gone.Task;
    }

    /// <summary>Answers once a task has completed.</summary>
    public static RequestDelegate After(Task gate, RequestDelegate answer) => async context =>
    {
        await gate.WaitAsync(context.RequestAborted);
        await answer(context);
    };
}
