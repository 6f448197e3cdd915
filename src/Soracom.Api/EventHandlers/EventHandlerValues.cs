namespace Soracom.Api.EventHandlers;

/// <summary>Values of <see cref="EventHandler.Status"/>.</summary>
public static class EventHandlerStatus
{
    public const string Active = "active";
    public const string Inactive = "inactive";
}

/// <summary>Values of listEventHandlers' <c>target</c>.</summary>
public static class EventHandlerTarget
{
    public const string Operator = "operator";
    public const string Imsi = "imsi";
    public const string Sim = "sim";
    public const string Group = "group";
}

/// <summary>Moments at which an action is executed, or a rule is looked at again. Days and months are UTC's.</summary>
public static class EventMoment
{
    public const string Immediately = "IMMEDIATELY";
    public const string BeginningOfNextDay = "BEGINNING_OF_NEXT_DAY";
    public const string BeginningOfNextMonth = "BEGINNING_OF_NEXT_MONTH";

    /// <summary>24 hours later.</summary>
    public const string AfterOneDay = "AFTER_ONE_DAY";

    public const string Never = "NEVER";
}

/// <summary>Values of <see cref="EventRule.Type"/>: what a handler waits for.</summary>
public static class EventRuleType
{
    public const string SubscriberFirstTraffic = "SubscriberFirstTrafficRule";
    public const string SubscriberDailyTraffic = "SubscriberDailyTrafficRule";
    public const string SubscriberMonthlyTraffic = "SubscriberMonthlyTrafficRule";
    public const string SubscriberCumulativeTraffic = "SubscriberCumulativeTrafficRule";
    public const string SubscriberStatusAttribute = "SubscriberStatusAttributeRule";
    public const string SimStatusAttribute = "SimStatusAttributeRule";
    public const string SubscriberSpeedClassAttribute = "SubscriberSpeedClassAttributeRule";
    public const string SimSpeedClassAttribute = "SimSpeedClassAttributeRule";
    public const string SubscriberExpired = "SubscriberExpiredRule";
    public const string SimExpired = "SimExpiredRule";
    public const string SubscriberImeiMismatched = "SubscriberImeiMismatchedRule";
    public const string SimImeiMismatched = "SimImeiMismatchedRule";
    public const string SimDailyTotalTraffic = "SimDailyTotalTrafficRule";
    public const string SimMonthlyTotalTraffic = "SimMonthlyTotalTrafficRule";
    public const string SimCumulativeTotalTraffic = "SimCumulativeTotalTrafficRule";
    public const string SimSubscriptionStatus = "SimSubscriptionStatusRule";
    public const string DailyTotalTraffic = "DailyTotalTrafficRule";
    public const string MonthlyTotalTraffic = "MonthlyTotalTrafficRule";
    public const string MonthlyCharge = "MonthlyChargeRule";
    public const string SubscriberSessionStatus = "SubscriberSessionStatusRule";
}

/// <summary>Values of <see cref="EventAction.Type"/>: what a handler does.</summary>
public static class EventActionType
{
    public const string ChangeSpeedClass = "ChangeSpeedClassAction";
    public const string InvokeAwsLambda = "InvokeAWSLambdaAction";
    public const string ExecuteWebRequest = "ExecuteWebRequestAction";
    public const string SendMail = "SendMailAction";
    public const string SendMailToOperator = "SendMailToOperatorAction";
    public const string Activation = "ActivationAction";
    public const string Deactivation = "DeactivationAction";
    public const string Standby = "StandbyAction";
    public const string Suspend = "SuspendAction";
    public const string ImeiLock = "ImeiLockAction";
}

/// <summary>Values of <see cref="EventRuleProperties.SessionStatus"/>.</summary>
public static class SessionEventStatus
{
    public const string Created = "Created";
    public const string Deleted = "Deleted";
}

/// <summary>Values of <see cref="EventRuleProperties.TargetOtaStatus"/>.</summary>
public static class OtaStatus
{
    public const string Started = "started";
    public const string Finished = "finished";
    public const string Failed = "failed";
}

/// <summary>Values of <see cref="EventRuleProperties.RunOnceAmongTarget"/>.</summary>
public static class EventFlag
{
    public const string True = "true";
    public const string False = "false";
}

/// <summary>Values of <see cref="EventActionProperties.HttpMethod"/>.</summary>
public static class EventHttpMethod
{
    public const string Get = "GET";
    public const string Post = "POST";
    public const string Put = "PUT";
    public const string Delete = "DELETE";
}

/// <summary>Statuses that a rule can wait for a SIM to leave.</summary>
public static class EventSourceStatus
{
    public const string Ready = "ready";
    public const string Active = "active";
    public const string Inactive = "inactive";
    public const string Standby = "standby";
    public const string Suspended = "suspended";
}

/// <summary>Statuses that a rule can wait for a SIM to take.</summary>
public static class EventTargetStatus
{
    public const string Ready = "ready";
    public const string Active = "active";
    public const string Inactive = "inactive";
    public const string Standby = "standby";
    public const string Suspended = "suspended";
    public const string Terminated = "terminated";
}

/// <summary>Speed classes that rules and actions know.</summary>
public static class EventSpeedClass
{
    public const string S1Minimum = "s1.minimum";
    public const string S1Slow = "s1.slow";
    public const string S1Standard = "s1.standard";
    public const string S1Fast = "s1.fast";
    public const string S1FourTimesFast = "s1.4xfast";
    public const string S1EightTimesFast = "s1.8xfast";
    public const string U1Standard = "u1.standard";
    public const string U1Slow = "u1.slow";
}
