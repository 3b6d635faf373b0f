//! Questions to the engine, and its answers as JSON.

use std::sync::Arc;

use dsntk_common::Jsonify;
use dsntk_feel::{FeelNumber, Name, context::FeelContext, values::Value};
use dsntk_model_evaluator::ModelEvaluator;
use serde_json as json;

use crate::Result;

/// A model that the engine has read.
pub struct Model {
    pub evaluator: Arc<ModelEvaluator>,
    pub namespace: String,
    pub name: String,
}

impl Model {
    pub fn ask(&self, decision: &str, inputs: &[(String, json::Value)]) -> Result<json::Value> {
        let mut context = FeelContext::new();
        for (name, value) in inputs {
            context.set_entry(&name.as_str().into(), feel(value)?);
        }
        let answer = self.evaluator.evaluate_invocable(&self.namespace, &self.name, decision, &context);
        match answer {
            // The engine tells why it answers null; only one reason is an answer.
            Value::Null(Some(reason)) if reason.starts_with("no rules matched") => Ok(json::Value::Null),
            Value::Null(reason) => Err(format!("{decision} of {inputs:?} gives null: {reason:?}").into()),
            answer => Ok(json::from_str(&answer.jsonify())?),
        }
    }
}

/// `{"date": "2024-01-31"}` alone is a date.
fn feel(value: &json::Value) -> Result<Value> {
    Ok(match value {
        json::Value::Null => Value::Null(None),
        json::Value::Bool(yes) => Value::Boolean(*yes),
        json::Value::Number(number) => {
            Value::Number(number.to_string().parse::<FeelNumber>().map_err(|error| error.to_string())?)
        }
        json::Value::String(text) => Value::String(text.clone()),
        json::Value::Array(values) => Value::List(values.iter().map(feel).collect::<Result<_>>()?),
        json::Value::Object(entries) => match entries.get("date").and_then(json::Value::as_str) {
            Some(date) if entries.len() == 1 => Value::try_from_xsd_date(date).map_err(|error| error.to_string())?,
            _ => {
                let mut context = FeelContext::new();
                for (name, value) in entries {
                    context.set_entry(&Name::from(name.as_str()), feel(value)?);
                }
                Value::Context(context)
            }
        },
    })
}
