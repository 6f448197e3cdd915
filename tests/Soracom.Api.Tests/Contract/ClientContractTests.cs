using System.Reflection;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using RestEase;
using Soracom.Api.Billing;
using Soracom.Api.Http;

namespace Soracom.Api.Tests.Contract;

/// <summary>Every method of every area, held against the vendor's definition: route, parameters, body, answer.</summary>
public sealed class ClientContractTests
{
    private static readonly JsonSerializerOptions Json =
        new WireJson(Options.Create(new SoracomApiOptions { RefuseUnknownMembers = true }), NullLogger<UnknownMemberReporter>.Instance).Options;

    public static TheoryData<MethodInfo> Methods => [.. ClientMethods.All];

    [Theory]
    [MemberData(nameof(Methods), DisableDiscoveryEnumeration = true)]
    public void Method_HasTheRouteOfItsOperation(MethodInfo method)
    {
        var operation = ApiContract.Operation(ClientMethods.OperationOf(method));
        var route = method.GetCustomAttribute<RequestAttribute>()!;

        Assert.Equal((operation.Method, operation.Path), (route.Method.Method, route.Path));
    }

    [Theory]
    [MemberData(nameof(Methods), DisableDiscoveryEnumeration = true)]
    public void Method_TakesEveryParameterOfItsOperation_AndNoOther(MethodInfo method)
    {
        var operation = ApiContract.Operation(ClientMethods.OperationOf(method));
        var declared = method.GetParameters().Select(Place).OfType<(string In, string Name, ParameterInfo Parameter)>().ToList();

        // The type of a body travels with the body.
        Assert.Equal(
            operation.Parameters.Where(parameter => parameter is not { In: "header", Name: "content-type" }).Select(parameter => $"{parameter.In} {parameter.Name}").Order(StringComparer.Ordinal),
            declared.Select(parameter => $"{parameter.In} {parameter.Name}").Order(StringComparer.Ordinal));
        Problems.None(declared.SelectMany(one => ParameterProblems(
            one.Parameter, operation.Parameters.Single(parameter => parameter.In == one.In && parameter.Name == one.Name))));
    }

    [Theory]
    [MemberData(nameof(Methods), DisableDiscoveryEnumeration = true)]
    public void Method_TakesTheBodyOfItsOperation(MethodInfo method)
    {
        var operation = ApiContract.Operation(ClientMethods.OperationOf(method));
        var parameter = method.GetParameters().SingleOrDefault(parameter => parameter.GetCustomAttribute<BodyAttribute>() is not null);

        Assert.Equal(operation.Body is not null, parameter is not null);
        if (operation.Body is not { } body || parameter is null)
        {
            return;
        }

        if (body.Required)
        {
            Assert.False(parameter.HasDefaultValue, "The body is required.");
        }

        if (parameter.ParameterType == typeof(SoracomUpload))
        {
            Assert.True(body.Types.Count > 1 || !body.Types.ContainsKey("application/json"), "A JSON body has a model.");
            return;
        }

        Problems.None(ModelCheck.Problems(parameter.ParameterType, body.Types["application/json"], Json, isRequest: true));
    }

    [Theory]
    [MemberData(nameof(Methods), DisableDiscoveryEnumeration = true)]
    public void Method_AnswersWithAllThatItsOperationAnswers(MethodInfo method)
    {
        var operation = ApiContract.Operation(ClientMethods.OperationOf(method));
        var answer = ClientMethods.AnswerOf(method);
        var schema = operation.SuccessCodes.Select(status => operation.Answers[status].GetValueOrDefault("application/json")).FirstOrDefault(schema => schema is not null);
        if (answer == typeof(SoracomFile))
        {
            return;
        }

        if (schema is null)
        {
            Assert.Equal(typeof(void), answer);
            return;
        }

        Assert.NotEqual(typeof(void), answer);
        var generic = answer.IsGenericType ? answer.GetGenericTypeDefinition() : null;
        Assert.Equal(operation.Paged, generic == typeof(SoracomPage<>) || generic == typeof(SoracomPaged<>));
        var content = generic == typeof(SoracomPage<>) ? typeof(List<>).MakeGenericType(answer.GenericTypeArguments)
            : generic == typeof(SoracomPaged<>) ? answer.GenericTypeArguments[0]
            : answer;
        Problems.None(ModelCheck.Problems(content, schema, Json, isRequest: false));
    }

    private static (string In, string Name, ParameterInfo Parameter)? Place(ParameterInfo parameter) =>
        parameter.GetCustomAttribute<PathAttribute>() is { } path ? ("path", path.Name!, parameter)
        : parameter.GetCustomAttribute<QueryAttribute>() is { } query ? ("query", query.Name!, parameter)
        : parameter.GetCustomAttribute<HeaderAttribute>() is { } header ? ("header", header.Name, parameter)
        : null;

    private static IEnumerable<string> ParameterProblems(ParameterInfo parameter, ContractParameter declared)
    {
        var schema = ApiContract.Resolve(declared.Schema);
        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        var holds = schema.Type switch
        {
            "string" => type == typeof(string) || type == typeof(DateTimeOffset) || type == typeof(YearMonth),
            "integer" => type == typeof(long) || type == typeof(UnixMilliseconds) || type == typeof(UnixSeconds) || (type == typeof(int) && schema.Format != "int64"),
            "number" => type == typeof(decimal) || type == typeof(double),
            "boolean" => type == typeof(bool),
            "array" => type == typeof(IReadOnlyCollection<string>) || type == typeof(IEnumerable<string>),
            _ => false,
        };
        if (!holds)
        {
            yield return $"{parameter.Name}: {type.Name} can't hold {schema.Type} {schema.Format}";
        }

        if (declared.Required && parameter.HasDefaultValue)
        {
            yield return $"{parameter.Name} has to be given, so that it should have no default";
        }

        var values = schema.Items is { } items ? ApiContract.Resolve(items) : schema;
        foreach (var problem in WireValuesCheck.Problems(parameter.GetCustomAttribute<WireValuesAttribute>(), values, mustBeNamed: true, parameter.Name!))
        {
            yield return problem;
        }
    }
}
