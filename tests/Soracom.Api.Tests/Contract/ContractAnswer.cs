using System.Text.Json;
using Soracom.Api.Tests.Sandbox;

namespace Soracom.Api.Tests.Contract;

/// <summary>Holds a call and its real answer against what the definition says of the operation.</summary>
internal static class ContractAnswer
{
    /// <summary>What any operation may answer without the definition saying so.</summary>
    private static readonly int[] AlwaysPossible = [400, 401, 403, 404, 405, 413, 429, 500, 501];

    public static void Check(ContractOperation operation, Reply reply) => Problems.None(ProblemsOf(operation, reply));

    public static IEnumerable<string> ProblemsOf(ContractOperation operation, Reply reply)
    {
        if (!operation.Answers.TryGetValue(reply.Status, out var types) && !AlwaysPossible.Contains(reply.Status))
        {
            return [$"{operation} does not answer {reply.Status}: {reply.Text}"];
        }

        if (operation.Method == "HEAD")
        {
            return reply.Text.Length == 0 ? [] : [$"{operation} answered HEAD with a body"];
        }

        return reply.Status >= 400 ? Error(reply) : Success(operation, types ?? new Dictionary<string, ContractSchema>(), reply);
    }

    public static void CheckQuery(ContractOperation operation, string query)
    {
        var known = operation.Parameters.Where(parameter => parameter.In == "query").Select(parameter => parameter.Name).ToList();
        Problems.None(query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=')[0])
            .Where(name => !known.Contains(name, StringComparer.Ordinal))
            .Select(name => $"{operation} has no query parameter {name}"));
    }

    public static void CheckBody(ContractOperation operation, object? body)
    {
        if (body is null or HttpContent)
        {
            return;
        }

        // An empty object is what some clients send where there is no body.
        var json = body is string text ? JsonElement.Parse(text) : JsonSerializer.SerializeToElement(body);
        if (operation.Body is null)
        {
            Assert.Equal("{}", json.GetRawText());
            return;
        }

        Problems.None(SchemaCheck.Problems(json, operation.Body.Types["application/json"]).Select(problem => $"{operation} body: {problem}"));
    }

    private static IEnumerable<string> Error(Reply reply)
    {
        if (reply.Header("Content-Type") != "application/json")
        {
            return [$"an error of type {reply.Header("Content-Type")}"];
        }

        var members = reply.Members.ToList();
        return members.SequenceEqual(["code", "message"]) && reply["code"] is { Length: 7 } && reply["message"] is { Length: > 0 }
            ? []
            : [$"not the vendor's error: {reply.Text}"];
    }

    private static IEnumerable<string> Success(ContractOperation operation, IReadOnlyDictionary<string, ContractSchema> types, Reply reply)
    {
        if (!operation.Paged && reply.Header("x-soracom-next-key") is not null)
        {
            yield return $"{operation} has no pages";
        }

        if (types.Count == 0)
        {
            if (reply.Text.Length > 0)
            {
                yield return $"{operation} {reply.Status} has no body, and answered {reply.Text}";
            }

            yield break;
        }

        var type = reply.Header("Content-Type");
        if (type is null || !types.TryGetValue(type, out var schema))
        {
            yield return $"{operation} {reply.Status} answers {string.Join(" or ", types.Keys)}, not {type ?? "nothing"}";
        }
        else if (type == "application/json")
        {
            foreach (var problem in SchemaCheck.Problems(JsonElement.Parse(reply.Text), schema))
            {
                yield return $"{operation} {reply.Status}: {problem}";
            }
        }
    }
}
